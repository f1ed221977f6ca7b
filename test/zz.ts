import { readFileSync } from 'node:fs';
import { handled } from './support/handled';
async function main() {
  const q = readFileSync('/work/shared/cases/heic/quads.heic');
  const c0 = process.cpuUsage();
  for (let i = 1; i <= 300; i++) { await handled(q, `t=A&w=${50 + (i % 50)}`, { heic: true }); if (i % 60 === 0) { (globalThis as any).gc?.(); const m = process.memoryUsage(); console.log(i, 'rss', (m.rss / 1e6).toFixed(0), 'external', (m.external / 1e6).toFixed(1), 'heap', (m.heapUsed / 1e6).toFixed(1)); } }
  console.log(process.cpuUsage(c0));
}
main();
