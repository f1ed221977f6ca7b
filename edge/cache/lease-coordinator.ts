import { setTimeout as sleep } from 'node:timers/promises';

/** Who makes a thing: `mine` until it is finished, `taken` by another edge, or `open` to everybody. */
export type Turn =
  | { readonly kind: 'mine'; finish(stored: boolean): void }
  | { readonly kind: 'taken' }
  | { readonly kind: 'open' };

/** Turns that all edges with one cache take; one that is not finished runs out by itself. */
export interface Leases {
  /** Never throws: where nobody keeps order, the turn is open. */
  take(name: string): Promise<Turn>;
}

/** A thing that several edges may want at once. */
export interface SharedWork<T> {
  readonly name: string;
  /** Finds it in the cache, where another edge has put it. */
  look(): Promise<T | undefined>;
  make(): Promise<T>;
}

export interface TurnsOptions {
  readonly leases: Leases | undefined;
  /** Told when something was found that another edge made. */
  readonly onShared?: () => void;
  /**
   * How long to wait for another edge before doing its work, in milliseconds.
   *
   * @default - a minute, more than any render may take
   */
  readonly maxWait?: number;
}

const FIRST_POLL = 20;
const LAST_POLL = 200;

/** Makes a thing at one edge and lets the others wait for it: what collapsing is in one process, between many. */
export function createTurns<T extends { readonly stored?: boolean }>(options: TurnsOptions) {
  const { leases, onShared, maxWait = 60_000 } = options;

  const mine = async ({ look, make }: SharedWork<T>, turn: Extract<Turn, { kind: 'mine' }>) => {
    let answer: T | undefined;
    try {
      // Another edge may have finished between this one's look and its turn.
      answer = (await look()) ?? (await make());
      return answer;
    } finally {
      turn.finish(answer?.stored === true);
    }
  };

  return async (work: SharedWork<T>): Promise<T> => {
    if (!leases) return work.make();
    const giveUp = Date.now() + maxWait;
    for (let pause = FIRST_POLL; Date.now() < giveUp; pause = Math.min(pause * 1.5, LAST_POLL)) {
      const turn = await leases.take(work.name);
      if (turn.kind === 'mine') return mine(work, turn);
      if (turn.kind === 'open') break;
      await sleep(pause);
      const found = await work.look();
      if (found) {
        onShared?.();
        return found;
      }
    }
    return work.make();
  };
}
