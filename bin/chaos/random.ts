/** Chances that a seed repeats: the same seed gives the same choices in the same order. */
export type Random = {
  /** 0 <= x < 1. */
  next(): number;
  /** A whole number from `least` to `most`. */
  between(least: number, most: number): number;
  pick<T>(items: readonly T[]): T;
  shuffle<T>(items: readonly T[]): T[];
  /** Another sequence of the same seed, so that what one part draws does not move what another one gets. */
  fork(name: string): Random;
};

/** Mulberry32, by Tommy Ettinger (public domain): 32 bits of state are plenty for choices. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }
  const between = (least: number, most: number) => least + Math.floor(next() * (most - least + 1));
  function pick<T>(items: readonly T[]): T {
    if (items.length === 0) throw new RangeError("nothing to pick from");
    return items[between(0, items.length - 1)] as T; // safe because the index is within the array
  }
  function shuffle<T>(items: readonly T[]): T[] {
    return items
      .map((item) => ({ item, order: next() }))
      .sort((a, b) => a.order - b.order)
      .map(({ item }) => item);
  }
  const fork = (name: string) => createRandom([...name].reduce((sum, char) => sum * 31 + char.charCodeAt(0), seed));
  return { next, between, pick, shuffle, fork };
}
