import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { signUrl } from '../signing/sign';
import { functionEvent } from '../test/support/function-event';
import { KEY, tokenCheck, tokenUrl, viewerRequest } from './viewer-request-scripts';
import { TOO_LONG, URLS } from './viewer-request-urls';
import { countScript } from './viewer-request-work';

// What the function in front of the cache costs for each kind of URL, as a ratio to a plain crop: counted, and timed
// under njs, whose family CloudFront's engine belongs to.

const HEADERS = { accept: 'image/avif,image/webp,*/*', host: 'd.cloudfront.net' };
const folder = mkdtempSync(join(tmpdir(), 'edgecrop-bench-'));

/** Microseconds of one call under njs, the best of five turns. */
function time(code: string, url: string): number {
  const script = join(folder, 'bench.js');
  writeFileSync(join(folder, 'cloudfront'), `export default { kvs: () => ({ get: async () => '${KEY}' }) };`);
  const text = JSON.stringify(JSON.stringify(functionEvent(url, HEADERS)));
  writeFileSync(
    script,
    `${code}
// njs 0.7.9 crashes on \`await\` in loops.
const turn = (events, i) => i === events.length ? undefined : Promise.resolve(handler(events[i])).then(() => turn(events, i + 1));
const all = (left, best) => {
  if (left === 0) return console.log(best);
  const events = [];
  for (let i = 0; i < 200; i++) events.push(JSON.parse(${text}));
  const started = Date.now();
  return turn(events, 0).then(() => all(left - 1, Math.min(best, (Date.now() - started) * 5)));
};
all(5, Infinity);
`,
  );
  return Number(execFileSync('njs', ['-p', folder, script], { encoding: 'utf8' }));
}

async function main(): Promise<void> {
  const token = tokenCheck();
  const counter = await countScript(token, KEY);
  const check = await counter.work(functionEvent(tokenUrl(), HEADERS));
  counter.close();
  const checkTime = time(token, tokenUrl());
  console.log(`a token check: ${check} counted, ${checkTime} µs under njs\n`);
  for (const signing of [false, true]) {
    const code = viewerRequest(signing);
    const script = await countScript(code, KEY);
    console.log(`${signing ? 'signed' : 'unsigned'}, ${Buffer.byteLength(code)} bytes with eight types\n`);
    console.log('| URL | counted | × token check | × plain crop | njs µs | × plain crop |');
    console.log('| --- | ---: | ---: | ---: | ---: | ---: |');
    let plain: readonly [number, number] | undefined;
    for (const [name, url] of Object.entries({ ...URLS, ...TOO_LONG })) {
      const asked = signing ? signUrl(url, KEY) : url;
      const work = await script.work(functionEvent(asked, HEADERS));
      const micros = time(code, asked);
      plain ??= [work, micros];
      const ratios = [work / check, work / plain[0]].map((ratio) => ratio.toFixed(2)).join(' | ');
      console.log(`| ${name} | ${work} | ${ratios} | ${micros} | ${(micros / plain[1]).toFixed(1)} |`);
    }
    console.log('');
    script.close();
  }
}

main().finally(() => rmSync(folder, { recursive: true, force: true }));
