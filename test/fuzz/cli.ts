/** Usage: npm run fuzz -- [--runs 2000] [--seed 1] */
import { parseArgs } from 'node:util';
import { fuzz } from './fuzz';

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { runs: { type: 'string', default: '2000' }, seed: { type: 'string', default: '1' } },
  });
  const { runs, outcomes, violations } = await fuzz(Number(values.runs), Number(values.seed));
  console.table(outcomes);
  for (const { run, rule, input } of violations) {
    console.error(
      `run ${run}: ${rule}\n  ${JSON.stringify(input.event)}\n  ${input.bytes.toString('base64').slice(0, 400)}`,
    );
  }
  console.log(`${runs} runs, ${violations.length} broken rules`);
  process.exitCode = violations.length > 0 ? 1 : 0;
}

void main();
