/** Numbers that are the same for the same seed. */
export interface Random {
  /** A whole number from 0 to just below the limit. */
  below(limit: number): number;
  pick<T>(list: readonly T[]): T;
}

/** mulberry32: a generator of 32 bits whose low bits are as good as its high ones. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const below = (limit: number) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296) * limit);
  };
  return { below, pick: (list) => list[below(list.length)] as (typeof list)[number] };
}
