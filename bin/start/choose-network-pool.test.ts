import { describe, expect, it } from "vitest";
import { chooseNetworkPool } from "./choose-network-pool";

describe("chooseNetworkPool", () => {
  it("takes the preferred pool where nothing of it is used", () => {
    expect(chooseNetworkPool(1, ["0.0.0.0/0", "172.17.0.0/16", "10.0.0.0/8"])).toBe("10.144.0.0/12");
    expect(chooseNetworkPool(255, [])).toBe("10.176.0.0/12");
  });

  it("goes on to the next free one, around the end", () => {
    expect(chooseNetworkPool(1, ["10.144.3.0/25", "10.160.0.0/12"])).toBe("10.176.0.0/12");
    expect(chooseNetworkPool(3, ["10.176.9.9"])).toBe("10.128.0.0/12");
  });

  it("takes the preferred one where each is used", () => {
    expect(chooseNetworkPool(2, ["10.128.0.0/25", "10.144.0.0/25", "10.160.0.0/25", "10.176.0.0/25"])).toBe(
      "10.160.0.0/12",
    );
  });
});
