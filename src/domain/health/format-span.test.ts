import { expect, it } from "vitest";
import { formatSpan, parseSpan } from "./format-span";

it.each([
  ["10 s", 10_000],
  ["1 min", 60_000],
  ["1 min 30 s", 90_000],
  ["250 ms", 250],
  ["1 h 5 s", 3_605_000],
  ["0 s", 0],
])("%s, written and read", (text, ms) => {
  expect(formatSpan(ms)).toBe(text);
  expect(parseSpan(text)).toBe(ms);
});

it.each([
  ["10", 10_000],
  [" 1.5 min ", 90_000],
  ["0,5s", 500],
  ["2 Minutes", 120_000],
  ["1m30s", 90_000],
])("%j is understood", (text, ms) => {
  expect(parseSpan(text)).toBe(ms);
});

it.each(["", "soon", "10 x", "-1 s", "1 s later", "s"])("%j is not", (text) => {
  expect(parseSpan(text)).toBeNull();
});
