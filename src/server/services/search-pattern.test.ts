import { expect, it } from "vitest";
import { searchPattern } from "./search-pattern";

it.each([
  ["shop", "%shop%"],
  ["100%_\\", "%100\\%\\_\\\\%"],
])("%j -> %j", (text, pattern) => {
  expect(searchPattern(text)).toBe(pattern);
});
