import { faultsOf } from './support/kinds/judge';
import { FOREIGN_KINDS, HEIC_KINDS, KINDS } from './support/kinds/kinds';
async function main() {
  const only = process.argv[2];
  let n = 0;
  for (const [f, kinds] of Object.entries({ ...KINDS, other: FOREIGN_KINDS, HEIC: HEIC_KINDS })) {
    for (const k of kinds) {
      if (only && !`${f} ${k.name}`.includes(only)) continue;
      n++;
      try {
        const faults = await faultsOf(k, f === 'HEIC' ? { heic: true } : {});
        if (faults.length) console.log(`${f} | ${k.name}\n   ${faults.map((x) => x.slice(0, 100)).join('\n   ')}`);
      } catch (e) { console.log(`${f} | ${k.name} THROWN ${(e as Error).message.slice(0,300)}`); }
    }
  }
  console.log(n, 'kinds', process.cpuUsage());
}
main();
