import { describe, expect, it } from "vitest";
import { chooseNetworkPool } from "./choose-network-pool";

const table = (...destinations: string[]) =>
  ["Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask"]
    .concat(destinations.map((hex) => `br-1\t${hex}\t00000000\t0001\t0\t0\t0\tC0FFFFFF\t0\t0\t0`))
    .join("\n");

describe("chooseNetworkPool", () => {
  it("takes the preferred pool where no route leads there", () => {
    expect(chooseNetworkPool(9, table("00000000", "000011AC"))).toBe("10.137.0.0/16");
    expect(chooseNetworkPool(64 + 9, null)).toBe("10.137.0.0/16");
  });

  it("goes on to the next free one, around the end", () => {
    expect(chooseNetworkPool(9, table("0000890A", "40008A0A"))).toBe("10.139.0.0/16");
    expect(chooseNetworkPool(63, table("4000BF0A"))).toBe("10.128.0.0/16");
  });

  it("takes the preferred one where all are routed", () => {
    const all = Array.from({ length: 64 }, (_, n) => `0000${(128 + n).toString(16).toUpperCase()}0A`);
    expect(chooseNetworkPool(5, table(...all))).toBe("10.133.0.0/16");
  });
});
