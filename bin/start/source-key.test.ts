import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { sourceKey } from "./source-key";

let root: string;
const key = () => sourceKey(root, "24.0.0");
const write = (file: string, text: string) => writeFileSync(path.join(root, file), text);

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), "helvetia-key-"));
  mkdirSync(path.join(root, "src/server"), { recursive: true });
  write("src/server/a.ts", "a");
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

it("is the same for the same content, and another one for every change that a build sees", () => {
  const keys = [key()];
  expect(key()).toBe(keys[0]);
  write("src/server/a.ts", "b");
  keys.push(key());
  write("package-lock.json", "{}");
  keys.push(key());
  mkdirSync(path.join(root, "worker"));
  write("worker/index.ts", "");
  keys.push(key(), sourceKey(root, "26.0.0"));
  expect(new Set(keys).size).toBe(keys.length);
});

it("does not care for tests", () => {
  const before = key();
  write("src/server/a.test.ts", "test");
  expect(key()).toBe(before);
});
