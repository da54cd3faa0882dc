import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type AddressBlock, formatAddressBlock, overlaps, parseAddressBlock } from "./address-block";
import { environmentSubnet, freeSubnetIndex, isSubnetFree, subnetCapacity } from "./environment-subnet";

const pool = "10.128.0.0/12";
const block = (cidr: string): AddressBlock => {
  const parsed = parseAddressBlock(cidr);
  if (!parsed) throw new Error(`${cidr} is no block`);
  return parsed;
};

describe("address blocks", () => {
  it.each([
    ["10.201.0.0/16", "10.201.0.0/16"],
    ["10.201.3.4/16", "10.201.0.0/16"],
    ["192.0.2.2", "192.0.2.2/32"],
    ["0.0.0.0/0", "0.0.0.0/0"],
    ["255.255.255.255", "255.255.255.255/32"],
  ])("%s is %s", (text, expected) => {
    expect(formatAddressBlock(block(text))).toBe(expected);
  });

  it.each(["", "10.0.0/8", "10.0.0.256", "10.0.0.0/33", "fd00::/8", "10.0.0.0/", "a.b.c.d"])("%j is none", (text) => {
    expect(parseAddressBlock(text)).toBeNull();
  });
});

describe("environments' subnets", () => {
  it("a /12 holds thousands, the first and the last within it, none overlapping another", () => {
    expect(subnetCapacity(pool)).toBe(8192);
    expect([0, 1, 8191].map((index) => environmentSubnet(pool, index))).toEqual([
      "10.128.0.0/25",
      "10.128.0.128/25",
      "10.143.255.128/25",
    ]);
    const all = Array.from({ length: 8192 }, (_none, index) => block(environmentSubnet(pool, index)));
    const sorted = all.toSorted((a, b) => a.first - b.first);
    for (const [n, one] of sorted.entries()) {
      const next = sorted[n + 1];
      if (next) expect(one.first + one.size).toBeLessThanOrEqual(next.first);
      expect(overlaps(one, block(pool))).toBe(true);
    }
  });

  it("refuses an index beyond the pool, and a pool that is none", () => {
    for (const index of [-1, 0.5, 8192]) expect(() => environmentSubnet(pool, index)).toThrow(RangeError);
    expect(() => environmentSubnet("nonsense", 0)).toThrow(RangeError);
    expect(subnetCapacity("10.0.0.0/26")).toBe(0);
    expect(isSubnetFree("10.0.0.0/24", 2, [])).toBe(false);
  });

  it("passes over ranges that anybody uses, whatever lies before, and takes freed ones again", () => {
    const small = "10.9.0.0/22";
    expect(freeSubnetIndex(small, new Set([0, 1]), ["10.9.1.7/32", "172.17.0.0/16"])).toBe(3);
    expect(freeSubnetIndex(small, new Set([1]), [])).toBe(0);
    expect(freeSubnetIndex(small, new Set([5, 6]), ["10.9.3.128/25"], 4 * 8 + 5)).toBe(0);
    expect(freeSubnetIndex(small, new Set(), ["10.9.0.0/23", "10.9.2.0/23"], 3)).toBeNull();
    expect(freeSubnetIndex("nonsense", new Set(), [])).toBeNull();
  });

  it("a range that holds the whole pool says nothing about its parts", () => {
    expect(freeSubnetIndex(pool, new Set(), ["0.0.0.0/0", "10.0.0.0/8", pool])).toBe(0);
  });

  // Several instances share a pool, an Engine and a machine with routes of its own: each sees only its own claims.
  it("thousands of environments of several instances never meet each other or the machine's routes", () => {
    const range = fc
      .record({ first: fc.integer({ min: 0, max: 2 ** 20 - 1 }), bits: fc.integer({ min: 0, max: 14 }) })
      .map(({ first, bits }) => formatAddressBlock({ first: block(pool).first + first, size: 2 ** bits }))
      .map((cidr) => formatAddressBlock(block(cidr)));
    fc.assert(
      fc.property(
        fc.array(range, { maxLength: 12 }),
        fc.integer({ min: 1, max: 4 }),
        fc.array(fc.nat(), { minLength: 50, maxLength: 50 }),
        (routes, instances, turns) => {
          const onEngine: string[] = [];
          const claims = Array.from({ length: instances }, () => new Set<number>());
          for (const turn of turns) {
            const own = claims[turn % instances] ?? new Set();
            const index = freeSubnetIndex(pool, own, [...routes, ...onEngine]);
            if (index === null) return true;
            const subnet = environmentSubnet(pool, index);
            const inUse = [...routes, ...onEngine].map(block);
            if (!inUse.every((other) => !overlaps(other, block(subnet)))) return false;
            if (!isSubnetFree(pool, index, [...routes, ...onEngine])) return false;
            own.add(index);
            onEngine.push(subnet);
          }
          return true;
        },
      ),
      { numRuns: 100, seed: 20_240_601 },
    );
  });

  it("gives every block of the pool away before it says that none is left", () => {
    const claimed = new Set<number>();
    const routes = ["10.9.130.0/24", "10.9.255.255/32"];
    const next = () => freeSubnetIndex("10.9.0.0/16", claimed, routes);
    for (let index = next(); index !== null; index = next()) claimed.add(index);
    expect(claimed.size).toBe(512 - 2 - 1);
  });
});
