/** A result and the processor time that it took. */
export interface Timed<T> {
  readonly value: T;
  /** Median milliseconds of CPU: other processes take wall time from us, but no CPU time. */
  readonly milliseconds: number;
}

/** Runs once to warm up where that is cheap, then takes the median; what takes seconds runs once. */
export async function timed<T>(work: () => Promise<T>): Promise<Timed<T>> {
  const first = await once(work);
  if (first.milliseconds > 500) return first;
  const runs = first.milliseconds > 100 ? 2 : 4;
  const times: number[] = runs === 2 ? [first.milliseconds] : [];
  for (let run = 0; run < runs; run++) times.push((await once(work)).milliseconds);
  times.sort((a, b) => a - b);
  return { value: first.value, milliseconds: times[Math.floor(times.length / 2)] ?? 0 };
}

async function once<T>(work: () => Promise<T>): Promise<Timed<T>> {
  const before = process.cpuUsage();
  const value = await work();
  const { user, system } = process.cpuUsage(before);
  return { value, milliseconds: (user + system) / 1000 };
}

/** A table in Markdown. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
