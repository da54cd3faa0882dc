/** FNV-1a, 32 bits: spreads names over a few places where nobody gains by a collision. Never for secrets. */
export function shortHash(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}
