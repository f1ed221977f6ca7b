import { setTimeout as sleep } from 'node:timers/promises';
import { createConcurrencyLimiter } from '../../../../edge/functions/origin-response/concurrency-limiter';
import { OverloadError } from '../../../../edge/functions/origin-response/lambda-runtime';
import type { OriginResponseEvent } from '../../../../edge/functions/origin-response/origin-response-event';

const EVENT = {} as OriginResponseEvent;

/** One at a time, one more may wait; calls end when the test says so. */
function limiterFixture(maxWait = 60_000) {
  const ends: ((result: string | Error) => void)[] = [];
  const log: string[] = [];
  const limiter = createConcurrencyLimiter({
    concurrency: 1,
    queue: 1,
    maxWait,
    log: (line) => log.push(line),
  });
  const runtime = limiter.wrap({
    invoke: () =>
      new Promise((resolve, reject) =>
        ends.push((result) => (result instanceof Error ? reject(result) : resolve(result))),
      ),
    close: async () => {},
  });
  return { limiter, runtime, ends, log };
}

test('a slot passes to the next waiter, in order, even after a failure', async () => {
  const { limiter, runtime, ends } = limiterFixture();
  const first = runtime.invoke(EVENT);
  const second = runtime.invoke(EVENT);
  expect(limiter.load()).toEqual({ running: 1, waiting: 1 });
  await expect(runtime.invoke(EVENT)).rejects.toThrow(OverloadError);

  ends[0]?.(new Error('broken'));
  await expect(first).rejects.toThrow('broken');
  expect(limiter.load()).toEqual({ running: 1, waiting: 0 });
  ends[1]?.('done');
  expect(await second).toBe('done');
  expect(limiter.load()).toEqual({ running: 0, waiting: 0 });
});

test('a request that has waited too long is refused, and its place in the queue is freed', async () => {
  const { limiter, runtime, ends, log } = limiterFixture(50);
  const first = runtime.invoke(EVENT);
  await expect(runtime.invoke(EVENT)).rejects.toThrow(OverloadError);
  await sleep(10);
  ends[0]?.('done');
  expect(await first).toBe('done');
  expect(limiter.load()).toEqual({ running: 0, waiting: 0 });
  expect(log).toEqual(['overloaded: 1 running, 0 waiting; answering 503', 'no longer overloaded']);
});

test('several runtimes share one limit', async () => {
  const { limiter, runtime, ends } = limiterFixture();
  const other = limiter.wrap({ invoke: async () => 'other', close: async () => {} });
  const first = runtime.invoke(EVENT);
  const second = other.invoke(EVENT);
  expect(limiter.load()).toEqual({ running: 1, waiting: 1 });
  await expect(other.invoke(EVENT)).rejects.toThrow(OverloadError);
  ends[0]?.('first');
  expect(await Promise.all([first, second])).toEqual(['first', 'other']);
});

test('what renders nothing neither waits nor counts', async () => {
  const { limiter, runtime, ends } = limiterFixture();
  const other = limiter.wrap({ invoke: async () => 'light', close: async () => {} });
  const first = runtime.invoke(EVENT);
  const second = runtime.invoke(EVENT);
  expect(await other.invoke(EVENT, { isLight: true })).toBe('light');
  expect(limiter.load()).toEqual({ running: 1, waiting: 1 });
  ends[0]?.('first');
  await first;
  ends[1]?.('second');
  await second;
});

test('a waiting request that nobody wants any longer leaves the queue', async () => {
  const { limiter, runtime, ends } = limiterFixture();
  const viewer = new AbortController();
  const first = runtime.invoke(EVENT);
  const second = runtime.invoke(EVENT, { signal: viewer.signal });
  viewer.abort();
  await expect(second).rejects.toThrow('aborted');
  expect(limiter.load()).toEqual({ running: 1, waiting: 0 });
  ends[0]?.('first');
  await first;
  expect([limiter.load(), ends.length]).toEqual([{ running: 0, waiting: 0 }, 1]);
});
