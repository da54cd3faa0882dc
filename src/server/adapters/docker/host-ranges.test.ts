import { endianness } from "node:os";
import { describe, expect, it } from "vitest";
import { hostRanges, routedRanges } from "./host-ranges";

const line = (destination: string, gateway: string, mask: string) =>
  `br-1\t${destination}\t${gateway}\t0001\t0\t0\t0\t${mask}\t0\t0\t0`;
const heading = "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT";

describe.runIf(endianness() === "LE")("routedRanges", () => {
  it("reads destinations with their masks, and gateways; the default route is none", () => {
    const table = [
      heading,
      line("00000000", "010200C0", "00000000"),
      line("40008A0A", "00000000", "C0FFFFFF"),
      line("0000A8C0", "FE00140A", "0000FFFF"),
      "",
    ].join("\n");
    expect(routedRanges(table)).toEqual(["192.0.2.1", "10.138.0.64/26", "192.168.0.0/16", "10.20.0.254"]);
  });
});

it("names this machine's own addresses", () => {
  expect(hostRanges()).toContain("127.0.0.1");
});
