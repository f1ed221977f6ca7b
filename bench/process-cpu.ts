import { readdirSync, readFileSync } from 'node:fs';

/** Of Linux, everywhere but on Alpha: https://man7.org/linux/man-pages/man7/time.7.html */
const TICKS_PER_SECOND = 100;

/** CPU time of a process and all below it, in microseconds. Children that have ended are not counted. */
export function treeCpu(pid: number): number {
  // After the name, which may contain anything.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
  const own = ((Number(fields[11]) + Number(fields[12])) * 1e6) / TICKS_PER_SECOND;
  return childrenOf(pid).reduce((sum, child) => sum + treeCpu(child), own);
}

function childrenOf(pid: number): readonly number[] {
  return readdirSync(`/proc/${pid}/task`).flatMap((thread) => {
    const file = `/proc/${pid}/task/${thread}/children`;
    try {
      return readFileSync(file, 'utf8').trim().split(' ').filter(Boolean).map(Number);
    } catch {
      // The thread has ended since.
      return [];
    }
  });
}
