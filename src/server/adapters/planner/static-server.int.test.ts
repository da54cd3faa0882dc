import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { readStaticServer } from "./static-server";

test("the static server's files need nothing but each other and Node.js", async () => {
  const root = await mkdtemp(path.join(tmpdir(), "helvetia-static-"));
  try {
    for (const { path: file, content } of await readStaticServer()) {
      await mkdir(path.dirname(path.join(root, file)), { recursive: true });
      await writeFile(path.join(root, file), content);
      const required = [...content.matchAll(/require\((['"])([^'"]+)\1\)/g)].map((match) => match[2]);
      const foreign = required.filter((name) => !/^(node:|\.\/|fs$|path$|querystring$)/.test(name ?? ""));
      expect([file, foreign]).toEqual([file, []]);
    }
    const load = createRequire(path.join(root, ".helvetia/static-server/"));
    expect(load("./sirv.cjs")).toBeTypeOf("function");
  } finally {
    await rm(root, { recursive: true, force: true });
  }
});
