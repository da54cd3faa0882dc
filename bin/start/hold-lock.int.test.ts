import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { holdLock } from "./hold-lock";

let directory: string;
let file: string;

beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), "helvetia-lock-"));
  file = path.join(directory, "build.lock");
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

it("lets one in at a time", async () => {
  const events: string[] = [];
  const release = await holdLock(file);
  const second = holdLock(file).then((releaseSecond) => {
    events.push("second");
    releaseSecond();
  });
  events.push("first");
  release();
  await second;
  expect(events).toEqual(["first", "second"]);
});

it("takes over from a holder that is dead", async () => {
  writeFileSync(file, "999999999 1");
  (await holdLock(file))();
});
