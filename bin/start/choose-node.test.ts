import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { chooseNode, isNewEnough } from "./choose-node.mjs";

const current = { execPath: process.execPath, version: "20.20.2", platform: "plan9", arch: "x64" };
let root: string;

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), "helvetia-node-"));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function pin(script: string): string {
  const directory = path.join(root, "node_modules/node-plan9-x64/bin");
  mkdirSync(directory, { recursive: true });
  const file = path.join(directory, "node");
  writeFileSync(file, script);
  chmodSync(file, 0o755);
  return file;
}

it("knows which versions are new enough", () => {
  expect(["20.20.2", "22.17.9", "22.18.0", "23.0.0", "24.1.0"].map(isNewEnough)).toEqual([
    false,
    false,
    true,
    true,
    true,
  ]);
});

it("takes the pinned one, and stays where it runs on it already", () => {
  const pinned = pin("#!/bin/sh\nexit 0\n");
  expect(chooseNode(root, current)).toBe(pinned);
  expect(chooseNode(root, { ...current, execPath: pinned })).toBeNull();
});

it("stays on a current one that is new enough where the pinned one does not start or is not there", () => {
  expect(chooseNode(root, { ...current, version: "22.18.0" })).toBeNull();
  pin("#!/nowhere/ld-linux\n");
  expect(chooseNode(root, { ...current, version: "22.18.0" })).toBeNull();
});

it("says what to do where there is none", () => {
  expect(() => chooseNode(root, current)).toThrow(
    expect.objectContaining({
      name: "CommandError",
      message: expect.stringContaining("20.20.2 is too old"),
      fix: expect.stringContaining("Node.js 24"),
    }),
  );
});
