import { Worker } from 'node:worker_threads';

/** Ends this process if a guarded call does not return. */
export interface Watchdog {
  /**
   * Calls a function that must return soon, and so must what goes on until its promise is settled.
   *
   * @param subject what it works on, for the last line of the log
   */
  guard(subject: string, call: () => unknown): unknown;
  close(): Promise<void>;
}

/** In milliseconds. */
const CHECK_INTERVAL = 250;
/** Longer than a busy machine may keep this thread waiting. */
const CHECKS = 20;
const SUBJECT_BYTES = 2048;

/**
 * Starts a thread that looks at a counter in shared memory. `vm` can interrupt a call, but starts a thread each time,
 * which costs ten times what a CloudFront Function does. Another thread can't interrupt a call; it can end the process,
 * for a supervisor to start it anew. Nothing else would help: while a call does not return, nobody is answered.
 */
export function startWatchdog(): Watchdog {
  const memory = new SharedArrayBuffer(16 + SUBJECT_BYTES);
  const state = new Int32Array(memory, 0, 4);
  const text = Buffer.from(memory, 16);
  const thread = new Worker(WATCH, {
    eval: true,
    workerData: { memory, interval: CHECK_INTERVAL, checks: CHECKS },
  });
  thread.unref();
  const heartbeat = setInterval(() => Atomics.add(state, BEAT, 1), CHECK_INTERVAL).unref();
  const settled = () => Atomics.sub(state, PENDING, 1);
  let calls = 0;
  return {
    guard: (subject, call) => {
      calls = (calls % 0x7fffffff) + 1;
      state[LENGTH] = text.write(subject, 'latin1');
      Atomics.store(state, CALL, calls);
      try {
        const returned = call();
        if (returned instanceof Promise) {
          Atomics.add(state, PENDING, 1);
          returned.then(settled, settled);
        }
        return returned;
      } finally {
        Atomics.store(state, CALL, 0);
      }
    },
    close: async () => {
      clearInterval(heartbeat);
      await thread.terminate();
    },
  };
}

/** The number of the call that runs, 0 if none does. */
const CALL = 0;
/** The length of the last call's subject. */
const LENGTH = 1;
/** How many promises are not settled yet. */
const PENDING = 2;
/** Counts while the event loop turns. */
const BEAT = 3;

/** As text, so that it starts alike under tsx, under jest and in a bundle. It counts checks: a machine may sleep. */
const WATCH = `
const { workerData: { memory, interval, checks } } = require('node:worker_threads');
const state = new Int32Array(memory, 0, 4);
let last = '';
let seen = 0;
setInterval(() => {
  const [call, , pending, beat] = state;
  const now = call !== 0 ? 'call ' + call : pending > 0 ? 'beat ' + beat : '';
  seen = now !== '' && now === last ? seen + 1 : 0;
  last = now;
  if (seen < checks) return;
  const subject = Buffer.from(memory, 16, state[1]).toString('latin1');
  const msg = 'the viewer-request function did not return for ' + subject + '; ending the process';
  require('node:fs').writeSync(1, JSON.stringify({ level: 'fatal', time: new Date().toISOString(), msg }) + '\\n');
  process.kill(process.pid, 'SIGKILL');
}, interval);
`;
