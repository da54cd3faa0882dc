import { mkdtemp, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { rootDigest } from "./root-digest";
import type { RootEntry } from "./root-entry";

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), "root-digest-"));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const digest = (...entries: RootEntry[]) => rootDigest({ entries, contents: "", changes: ["ENV A=1"] });

async function file(name: string, content: string, seconds: number, version?: string): Promise<RootEntry> {
  const source = path.join(directory, name);
  await writeFile(source, content);
  await utimes(source, seconds, seconds);
  return { type: "file", path: "bin/x", mode: 0o755, source, ...(version && { version }) };
}

test("a file that changes changes the digest", async () => {
  const before = await digest(await file("a", "1", 100));
  expect(await digest(await file("a", "1", 100))).toBe(before);
  expect(await digest(await file("a", "22", 100))).not.toBe(before);
  expect(await digest(await file("a", "2", 200))).not.toBe(before);
});

test("two installations of one version are the same, of two versions not", async () => {
  const before = await digest(await file("here", "1", 100, "24.1.0"));
  expect(await digest(await file("there", "1", 200, "24.1.0"))).toBe(before);
  expect(await digest(await file("here", "1", 100, "24.2.0"))).not.toBe(before);
});

test("texts, links and names count", async () => {
  const text: RootEntry = { type: "text", path: "etc/a", mode: 0o644, content: "a" };
  const all = [text, { ...text, content: "b" }, { ...text, path: "etc/b" }, { ...text, mode: 0o600 }];
  expect(new Set(await Promise.all(all.map((entry) => digest(entry)))).size).toBe(4);
});
