import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readDirectoryTree } from "./directory-tree";

let root: string;
beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), "helvetia-tree-"));
});
afterAll(() => rm(root, { recursive: true, force: true }));

async function write(file: string, content: string): Promise<void> {
  await mkdir(path.dirname(path.join(root, file)), { recursive: true });
  await writeFile(path.join(root, file), content);
}

test("knows all names, reads what says how to build, and follows no link", async () => {
  await write("package.json", "{}");
  await write("packages/a/package.json", '{"name":"a"}');
  await write("src/index.ts", "code");
  await write("deploy/Web.Dockerfile", "FROM x");
  await write("node_modules/x/package.json", "{}");
  await write("pnpm-lock.yaml", `lockfileVersion: '9.0'\n${"x".repeat(400_000)}`);
  await symlink("/etc/passwd", path.join(root, "requirements.txt"));
  await symlink("/etc", path.join(root, "linked"));
  await symlink("..", path.join(root, "loop"));
  const tree = await readDirectoryTree(root, ["deploy/Web.Dockerfile"]);
  expect(tree.paths).toEqual([
    "deploy/Web.Dockerfile",
    "package.json",
    "packages/a/package.json",
    "pnpm-lock.yaml",
    "src/index.ts",
  ]);
  expect(tree.read("deploy/Web.Dockerfile")).toBe("FROM x");
  expect(tree.read("packages/a/package.json")).toBe('{"name":"a"}');
  expect(tree.read("src/index.ts")).toBe("");
  expect(tree.read("pnpm-lock.yaml")).toHaveLength(262_144);
  expect(tree.has("requirements.txt")).toBe(false);
});
