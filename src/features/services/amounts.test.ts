import { describe, expect, it } from "vitest";
import { formatBytes, formatCpu, formatMemory, formatSeconds, parseCpu, parseMemory, parseSeconds } from "./amounts";

describe("parseMemory reads MiB", () => {
  it.each([
    ["512", 512],
    ["512 MiB", 512],
    ["512m", 512],
    ["1 GiB", 1024],
    ["1.5gb", 1536],
    ["1,5 G", 1536],
    [" 2 GiB ", 2048],
  ])("%s", (text, mib) => expect(parseMemory(text)).toBe(mib));

  it.each(["", "much", "1 TiB x", "-1", "1.2.3", "NaN", "1e3"])("not %j", (text) =>
    expect(parseMemory(text)).toBeNull(),
  );
});

describe("parseSeconds reads seconds", () => {
  it.each([
    ["90", 90],
    ["300 s", 300],
    ["5min", 300],
    ["1.5 h", 5400],
  ])("%s", (text, seconds) => expect(parseSeconds(text)).toBe(seconds));

  it.each(["", "5 weeks", "-1"])("not %j", (text) => expect(parseSeconds(text)).toBeNull());

  it("and shows them in the largest whole unit", () => {
    expect([30, 90, 300, 3600, 0].map(formatSeconds)).toEqual(["30 s", "90 s", "5 min", "1 h", "0 s"]);
  });
});

describe("parseCpu reads thousandths of a core", () => {
  it.each([
    ["1", 1000],
    ["0.5", 500],
    ["0,25 cores", 250],
    ["500m", 500],
    ["2 cores", 2000],
    ["1 core", 1000],
    ["1 CPU", 1000],
  ])("%s", (text, millis) => expect(parseCpu(text)).toBe(millis));

  it.each(["", "fast", "1.5m", "-1"])("not %j", (text) => expect(parseCpu(text)).toBeNull());
});

it("what is formatted is read back", () => {
  for (const mib of [64, 512, 1000, 1024, 1536, 2048, 65536]) expect(parseMemory(formatMemory(mib))).toBe(mib);
  for (const millis of [50, 100, 250, 333, 1000, 1500, 64000]) expect(parseCpu(formatCpu(millis))).toBe(millis);
});

it("formats for people", () => {
  expect(formatMemory(512)).toBe("512 MiB");
  expect(formatMemory(1536)).toBe("1.5 GiB");
  expect(formatMemory(1000)).toBe("1000 MiB");
  expect(formatCpu(1000)).toBe("1 core");
  expect(formatCpu(250)).toBe("0.25 cores");
  expect(formatBytes(0)).toBe("0 B");
  expect(formatBytes(1536)).toBe("1.5 KiB");
  expect(formatBytes(53_687_091)).toBe("51.2 MiB");
  expect(formatBytes(734_003_200)).toBe("700 MiB");
});
