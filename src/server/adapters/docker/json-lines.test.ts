import { Readable } from "node:stream";
import { expect, test } from "vitest";
import { jsonLines } from "./json-lines";

test("objects cut anywhere, empty lines, and a last line without an end", async () => {
  const bytes = Buffer.from('{"a":"€"}\r\n\n{"b":2}\n{"c":3}');
  const chunks = [...bytes].map((byte) => Buffer.from([byte]));
  const objects: unknown[] = [];
  for await (const object of jsonLines(Readable.from(chunks))) objects.push(object);
  expect(objects).toEqual([{ a: "€" }, { b: 2 }, { c: 3 }]);
});
