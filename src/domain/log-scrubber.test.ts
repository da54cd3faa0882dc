import { describe, expect, it } from "vitest";
import { createScrubber } from "./log-scrubber";

function scrubChunks(secrets: string[], chunks: string[]): string {
  const scrubber = createScrubber(secrets);
  return chunks.map((chunk) => scrubber.push(chunk)).join("") + scrubber.end();
}
const everyCut = (text: string) =>
  Array.from({ length: text.length + 1 }, (_, cut) => [text.slice(0, cut), text.slice(cut)]);

describe("createScrubber", () => {
  const secret = "hunter2+/ ä";

  it.each([
    ["itself", `pw=${secret};`, "pw=[redacted];"],
    ["twice", `${secret}${secret}`, "[redacted][redacted]"],
    ["base64", `x ${Buffer.from(secret).toString("base64")} y`, /^x \[redacted\].{0,3} y$/],
    ["basic auth", `Basic ${Buffer.from(`me:${secret}`).toString("base64")}`, /^Basic .{3,6}\[redacted\].{0,3}$/],
    [
      "basic auth, shifted",
      `Basic ${Buffer.from(`us:er${secret}!`).toString("base64")}`,
      /^Basic .{3,8}\[redacted\].{0,3}$/,
    ],
    ["base64url", Buffer.from(secret).toString("base64url"), /^\[redacted\].?$/],
    ["URL-encoded", `?t=${encodeURIComponent(secret)}&`, "?t=[redacted]&"],
    ["form-encoded", `t=${encodeURIComponent(secret).replaceAll("%20", "+")}`, "t=[redacted]"],
  ])("%s, however the text is cut", (_name, text, expected) => {
    for (const chunks of everyCut(text)) {
      const result = scrubChunks([secret], chunks);
      if (typeof expected === "string") expect(result).toBe(expected);
      else expect(result).toMatch(expected);
    }
    expect(scrubChunks([secret], [...text])).toBe(scrubChunks([secret], [text]));
  });

  it("finds JSON's way of writing it", () => {
    expect(scrubChunks(['quo"te\nd'], [JSON.stringify({ a: 'quo"te\nd' })])).toBe('{"a":"[redacted]"}');
  });

  it("takes out a key of several lines, as a whole and line by line", () => {
    const pem = "-----BEGIN KEY-----\nMIIBlines1\nMIIBlines2\n-----END KEY-----\n";
    for (const chunks of everyCut(`before\n${pem}after\n`)) {
      expect(scrubChunks([pem], chunks)).toBe("before\n[redacted]after\n");
    }
    expect(scrubChunks([pem], ["only MIIBlines2 here"])).toBe("only [redacted] here");
  });

  it("prefers the longer of two that begin alike, and the earlier of two that overlap", () => {
    for (const chunks of everyCut("abcdefgh")) expect(scrubChunks(["abcd", "abcdefgh"], chunks)).toBe("[redacted]");
    for (const chunks of everyCut("xabcdzz")) expect(scrubChunks(["xabc", "bcdefg"], chunks)).toBe("[redacted]dzz");
    for (const chunks of everyCut("abcdefXX")) expect(scrubChunks(["abcd", "abcdefgh"], chunks)).toBe("[redacted]efXX");
  });

  it("gives what is no secret on at once, and what may be one when that is clear", () => {
    const scrubber = createScrubber(["secret"]);
    expect(scrubber.push("hello\n")).toBe("hello\n");
    expect(scrubber.push("a sec")).toBe("a ");
    expect(scrubber.push("ond\n")).toBe("second\n");
    expect(scrubber.push("secr")).toBe("");
    expect(scrubber.end()).toBe("secr");
  });

  it("leaves short values alone, and everything where there are none", () => {
    expect(scrubChunks(["1", "abc", ""], ["1 abc"])).toBe("1 abc");
    expect(scrubChunks([], ["text"])).toBe("text");
  });
});
