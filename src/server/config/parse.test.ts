import { describe, expect, it } from "vitest";
import { parseSetting } from "./parse";

describe("a network", () => {
  const setting = { kind: "network", default: "10.192.0.0/12", narrowest: 24, description: "" } as const;

  it.each([
    ["10.9.0.0/16", "10.9.0.0/16"],
    ["10.9.1.2/16", "10.9.0.0/16"],
    ["", "10.192.0.0/12"],
  ])("%j is %s", (text, value) => {
    expect(parseSetting("POOL", setting, text)).toEqual({ value, warning: null });
  });

  it.each(["10.9.0.0", "10.9.0.0/25", "10.9.0.0/33", "fd00::/8", "all"])(
    "%j becomes the default, and that is said",
    (text) => {
      const { value, warning } = parseSetting("POOL", setting, text);
      expect(value).toBe(setting.default);
      expect(warning).toMatch(/^POOL: ".+" is not an IPv4 range such as 10\.192\.0\.0\/12, \/24 or wider; using /);
    },
  );
});

describe("a mark of a disk", () => {
  const setting = { kind: "disk-mark", default: "85%", description: "" } as const;

  it.each([
    ["", { usedPercent: 85 }],
    ["70%", { usedPercent: 70 }],
    ["10GB", { freeBytes: 10 * 2 ** 30 }],
  ])("%o is %o", (raw, value) => {
    expect(parseSetting("DISK_CLEAN_AT", setting, raw)).toEqual({ value, warning: null });
  });

  it.each(["85", "full", "120%"])("%o is replaced, with a warning", (raw) => {
    const { value, warning } = parseSetting("DISK_CLEAN_AT", setting, raw);
    expect(value).toEqual({ usedPercent: 85 });
    expect(warning).toContain("DISK_CLEAN_AT");
  });
});
