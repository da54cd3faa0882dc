/** A block of IPv4 addresses: the first one as a number, and how many (a power of two). */
export type AddressBlock = { first: number; size: number };

/**
 * Reads a CIDR such as 10.201.0.0/16; an address alone is a block of one. Bits beyond the prefix are dropped, as in
 * 10.201.3.4/16. Null where it is none.
 */
export function parseAddressBlock(text: string): AddressBlock | null {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})(?:\/(\d{1,2}))?$/.exec(text);
  if (!match) return null;
  const octets = match.slice(1, 5).map(Number);
  const prefix = match[5] === undefined ? 32 : Number(match[5]);
  if (prefix > 32 || octets.some((octet) => octet > 255)) return null;
  const address = octets.reduce((sum, octet) => sum * 256 + octet, 0);
  const size = 2 ** (32 - prefix);
  return { first: address - (address % size), size };
}

export function formatAddressBlock({ first, size }: AddressBlock): string {
  const octets = [24, 16, 8, 0].map((shift) => Math.floor(first / 2 ** shift) % 256);
  return `${octets.join(".")}/${32 - Math.log2(size)}`;
}

export function overlaps(a: AddressBlock, b: AddressBlock): boolean {
  return a.first < b.first + b.size && b.first < a.first + a.size;
}
