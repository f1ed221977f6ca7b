import { setTimeout as sleep } from 'node:timers/promises';
import { createBound, OverloadError } from '../../../../edge/functions/origin-response/concurrency-limiter';
import type { OriginResponseEvent } from '../../../../edge/functions/origin-response/origin-response-event';

const EVENT = {} as OriginResponseEvent;

/** One at a time, one more may wait; calls end when the test says so. */
function boundedFixture(maxWait = 60_000) {
  const ends: ((result: string | Error) => void)[] = [];
  const log: string[] = [];
  const bound = createBound({ concurrency: 1, queue: 1, maxWait, log: (line) => log.push(line) });
  const runtime = bound.around({
    invoke: () =>
      new Promise((resolve, reject) =>
        ends.push((result) => (result instanceof Error ? reject(result) : resolve(result))),
      ),
    close: async () => {},
  });
  return { bound, runtime, ends, log };
}

test('a turn goes to who waited, in order, a failure included', async () => {
  const { bound, runtime, ends } = boundedFixture();
  const first = runtime.invoke(EVENT);
  const second = runtime.invoke(EVENT);
  expect([bound.load(), runtime.isFull?.()]).toEqual([{ running: 1, waiting: 1 }, true]);
  await expect(runtime.invoke(EVENT)).rejects.toThrow(OverloadError);

  ends[0]?.(new Error('broken'));
  await expect(first).rejects.toThrow('broken');
  expect([bound.load(), runtime.isFull?.()]).toEqual([{ running: 1, waiting: 0 }, false]);
  ends[1]?.('done');
  expect(await second).toBe('done');
  expect(bound.load()).toEqual({ running: 0, waiting: 0 });
});

test('who has waited too long is refused, and leaves no gap', async () => {
  const { bound, runtime, ends, log } = boundedFixture(50);
  const first = runtime.invoke(EVENT);
  await expect(runtime.invoke(EVENT)).rejects.toThrow(OverloadError);
  await sleep(10);
  ends[0]?.('done');
  expect(await first).toBe('done');
  expect(bound.load()).toEqual({ running: 0, waiting: 0 });
  expect(log).toEqual(['overloaded: 1 renders run, 0 wait; answering 503', 'no longer overloaded']);
});

test('one bound holds for several runtimes together', async () => {
  const { bound, runtime, ends } = boundedFixture();
  const other = bound.around({ invoke: async () => 'other', close: async () => {} });
  const first = runtime.invoke(EVENT);
  const second = other.invoke(EVENT);
  expect(bound.load()).toEqual({ running: 1, waiting: 1 });
  expect(other.isFull?.()).toBe(true);
  ends[0]?.('first');
  expect(await Promise.all([first, second])).toEqual(['first', 'other']);
});
