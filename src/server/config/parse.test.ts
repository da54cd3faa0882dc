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
