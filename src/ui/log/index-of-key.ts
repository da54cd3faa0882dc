/** Where among `count` rising keys this one is; null where it is none of them but lies beyond, else the next one's place. */
export function indexOfKey(count: number, keyOf: (index: number) => number, key: number): number | null {
  if (count === 0 || key < keyOf(0) || key > keyOf(count - 1)) return null;
  let low = 0;
  let high = count - 1;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (keyOf(middle) < key) low = middle + 1;
    else high = middle;
  }
  return low;
}
