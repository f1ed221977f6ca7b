import { setTimeout as sleep } from 'node:timers/promises';
import { createIdleShutdownRuntime } from '../../../../edge/functions/origin-response/idle-shutdown-runtime';
import type { OriginResponseEvent } from '../../../../edge/functions/origin-response/origin-response-event';

const EVENT = {} as OriginResponseEvent;

/** Tells what is started and ended; a call takes as long as it is told to. */
function idleShutdownFixture(idleTime: number, callTime = 0) {
  const said: string[] = [];
  const runtime = createIdleShutdownRuntime(() => {
    said.push('start');
    return {
      invoke: async () => {
        await sleep(callTime);
        return 'done';
      },
      close: async () => {
        said.push('end');
      },
    };
  }, idleTime);
  return { said, runtime };
}

test('starts with the first request, ends when none comes, and starts again', async () => {
  const { said, runtime } = idleShutdownFixture(50);
  expect(said).toEqual([]);
  expect(await runtime.invoke(EVENT)).toBe('done');
  expect(said).toEqual(['start']);
  await sleep(200);
  expect(said).toEqual(['start', 'end']);
  expect(await runtime.invoke(EVENT)).toBe('done');
  await runtime.close();
  await expect(runtime.invoke(EVENT)).rejects.toThrow('the edge is shutting down');
  expect(said).toEqual(['start', 'end', 'start', 'end']);
});

test('does not end under a request that takes longer', async () => {
  const { said, runtime } = idleShutdownFixture(50, 300);
  const slow = runtime.invoke(EVENT);
  await sleep(20);
  const slower = runtime.invoke(EVENT);
  await slow;
  expect(said).toEqual(['start']);
  await slower;
  await runtime.close();
  expect(said).toEqual(['start', 'end']);
});
