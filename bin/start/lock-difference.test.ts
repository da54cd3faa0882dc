import { expect, it } from "vitest";
import { differsFromLock } from "./lock-difference.mjs";

const lock = {
  packages: {
    "": { version: "0.1.0" },
    "node_modules/a": { version: "1.0.0", integrity: "sha512-a" },
    "node_modules/a/node_modules/b": { version: "2.0.0", integrity: "sha512-b" },
    "node_modules/other-platform": { version: "1.0.0", integrity: "sha512-c", optional: true },
  },
};

function installed(change: Record<string, unknown>) {
  const { "": _root, "node_modules/other-platform": _optional, ...packages } = lock.packages;
  return { packages: { ...packages, ...change } };
}

it("is content with what the lock says, without packages of other platforms", () => {
  expect(differsFromLock(lock, installed({}))).toBeNull();
});

it.each([
  ["an empty node_modules", null, "node_modules is empty"],
  ["a package that is missing", installed({ "node_modules/a": undefined }), "a is missing"],
  ["another version", installed({ "node_modules/a": { version: "1.0.1", integrity: "sha512-a" } }), "a changed"],
  ["other content", installed({ "node_modules/a/node_modules/b": { version: "2.0.0", integrity: "x" } }), "b changed"],
  [
    "an optional package of another version",
    installed({ "node_modules/other-platform": { version: "2" } }),
    "other-platform changed",
  ],
])("sees %s", (_name, found, reason) => {
  expect(differsFromLock(lock, found)).toBe(reason);
});
