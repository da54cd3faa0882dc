import { expect, it } from "vitest";
import { toCsvLine } from "./csv-line";

it.each([
  [["a", "b"], "a,b\r\n"],
  [["a,b", 'say "no"', "two\nlines"], '"a,b","say ""no""","two\nlines"\r\n'],
  [["=1+1", "+1", "-1", "@a", "\tb"], "'=1+1,'+1,'-1,'@a,'\tb\r\n"],
  [[""], "\r\n"],
])("%j -> %j", (cells, line) => {
  expect(toCsvLine(cells)).toBe(line);
});
