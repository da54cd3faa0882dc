import { expect, test } from "vitest";
import { progressLines } from "./progress-lines";

function linesOf(...chunks: string[]): string[] {
  const lines: string[] = [];
  const read = progressLines((line) => lines.push(line.text));
  for (const chunk of chunks) read(chunk);
  return lines;
}

test("shows what is done once, and not each step to it", () => {
  expect(
    linesOf(
      "remote: Enumerating objects: 5, done.\n",
      "Receiving objects:  20% (1/5)\rReceiving objects:  40% (2/5)\rReceiving obj",
      "ects: 100% (5/5), 1.2 KiB | 1.2 MiB/s, done.\n",
    ),
  ).toEqual(["remote: Enumerating objects: 5, done.", "Receiving objects: 100% (5/5), 1.2 KiB | 1.2 MiB/s, done."]);
});

test("shows neither errors nor what a remote's banner says, and no escape sequences", () => {
  expect(linesOf("fatal: no\n", "remote: Welcome!\n", "\u001b[31mCounting objects: 100% (1/1), done.\u0007\n")).toEqual(
    ["[31mCounting objects: 100% (1/1), done."],
  );
});
