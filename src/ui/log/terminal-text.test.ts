import { describe, expect, it } from "vitest";
import { cleanTerminalText, plainText, splitAtMatches } from "./terminal-text";

const esc = "\u001b";

describe("cleanTerminalText", () => {
  it("keeps colours and drops every other control sequence", () => {
    expect(cleanTerminalText(`${esc}[31mred${esc}[0m${esc}[2K${esc}[1G ok${esc}[?25l`)).toBe(
      `${esc}[31mred${esc}[0m ok`,
    );
  });

  it("keeps the text of a hyperlink and drops its address", () => {
    expect(cleanTerminalText(`${esc}]8;;javascript:alert(1)\u0007here${esc}]8;;\u0007!`)).toBe("here!");
    expect(cleanTerminalText(`${esc}]0;title${esc}\\text`)).toBe("text");
  });

  it("takes a mixed sequence apart, so that 256 colours beside bold survive", () => {
    expect(cleanTerminalText(`${esc}[1;38;5;3mx`)).toBe(`${esc}[1m${esc}[38;5;3mx`);
    expect(cleanTerminalText(`${esc}[48;2;1;2;3;4mx`)).toBe(`${esc}[48;2;1;2;3m${esc}[4mx`);
    expect(cleanTerminalText(`${esc}[mx`)).toBe(`${esc}[0mx`);
  });

  it("survives a sequence that was cut off", () => {
    expect(cleanTerminalText(`done ${esc}[3`)).toBe("done ");
    expect(cleanTerminalText(`done ${esc}`)).toBe("done ");
    expect(cleanTerminalText(`a${esc}[38;5mb`)).toBe("ab");
  });

  it("shows what a carriage return left on the screen", () => {
    expect(cleanTerminalText("10%\r50%\r100%")).toBe("100%");
    expect(cleanTerminalText("done\r")).toBe("done");
  });

  it("drops control characters and keeps tabs", () => {
    expect(cleanTerminalText("a\u0000b\tc\u0008\u007f")).toBe("ab\tc");
  });
});

describe("splitAtMatches", () => {
  it("finds text regardless of case and of colours in the middle of it", () => {
    expect(splitAtMatches(`${esc}[31mFat${esc}[32mal error`, "fatal")).toMatchObject([
      { text: `${esc}[31mFat${esc}[32mal`, match: true },
      { text: `${esc}[31m${esc}[32m error`, match: false },
    ]);
  });

  it("carries the colour into every piece", () => {
    expect(splitAtMatches(`${esc}[33ma b a${esc}[0m`, "b")).toMatchObject([
      { text: `${esc}[33ma `, match: false },
      { text: `${esc}[33mb`, match: true },
      { text: `${esc}[33m a${esc}[0m`, match: false },
    ]);
  });

  it("takes the query as text, not as a pattern", () => {
    expect(splitAtMatches("a.b", ".")).toMatchObject([
      { text: "a", match: false },
      { text: ".", match: true },
      { text: "b", match: false },
    ]);
  });

  it("gives the text whole where nothing matches", () => {
    expect(splitAtMatches("abc", "x")).toMatchObject([{ text: "abc", match: false }]);
    expect(splitAtMatches("abc", "")).toMatchObject([{ text: "abc", match: false }]);
  });

  it("loses no character", () => {
    const text = `x${esc}[1my${esc}[0mxxyx`;
    const joined = splitAtMatches(text, "x").map((piece) => plainText(piece.text));
    expect(joined.join("")).toBe("xyxxyx");
  });
});
