import { mkdir, mkdtemp, rm, symlink, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { buffer } from "node:stream/consumers";
import { extract } from "tar-stream";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { ContextFile } from "@/domain/plan/types";
import { readIgnoreRules } from "./dockerignore";
import { packContext } from "./pack-context";

let root: string;
beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), "pack-context-"));
});
afterEach(() => rm(root, { recursive: true, force: true }));

async function write(files: Record<string, string>): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(root, name)), { recursive: true });
    await writeFile(path.join(root, name), content);
    await utimes(path.join(root, name), 1_700_000_000, 1_700_000_000);
  }
}

async function read(files: ContextFile[] = [], ignore: string | null = null, always: string[] = []) {
  const archive = extract();
  packContext(root, files, readIgnoreRules(ignore, always)).pipe(archive as unknown as NodeJS.WritableStream); // safe because streamx keeps node's contract
  const entries: Record<string, string> = {};
  for await (const entry of archive) {
    const { name, type, linkname } = entry.header;
    const content = type === "file" ? (await buffer(entry)).toString() : type;
    entries[name] = type === "symlink" ? `-> ${linkname}` : content;
    entry.resume();
  }
  return entries;
}

describe("packContext", () => {
  test("sends files and directories in one order", async () => {
    await write({ "b.txt": "b", "a/z.txt": "z", "a/empty": "", "B/c": "c" });
    expect(Object.entries(await read())).toEqual([
      ["B", "directory"],
      ["B/c", "c"],
      ["a", "directory"],
      ["a/empty", ""],
      ["a/z.txt", "z"],
      ["b.txt", "b"],
    ]);
  });

  test("equal trees are equal bytes, whoever owns them and whatever the umask was", async () => {
    await write({ "a.txt": "a", run: "x" });
    const once = await buffer(
      packContext(root, [{ path: "Dockerfile", content: "FROM x" }], readIgnoreRules(null, [])),
    );
    const again = await buffer(
      packContext(root, [{ path: "Dockerfile", content: "FROM x" }], readIgnoreRules(null, [])),
    );
    expect(once.equals(again)).toBe(true);
  });

  test("links are sent as links, also those that lead outside, and never followed", async () => {
    await write({ "real/file": "content" });
    await symlink("/etc/passwd", path.join(root, "outside"));
    await symlink("real", path.join(root, "directory-link"));
    expect(await read()).toEqual({
      "directory-link": "-> real",
      outside: "-> /etc/passwd",
      real: "directory",
      "real/file": "content",
    });
  });

  test("laid-over files replace files, and links where a directory is needed", async () => {
    await write({ Dockerfile: "theirs", "keep.txt": "keep" });
    await symlink("/tmp", path.join(root, "server"));
    expect(
      await read([
        { path: "Dockerfile", content: "ours" },
        { path: "server/main.js", content: "js" },
      ]),
    ).toEqual({ "keep.txt": "keep", Dockerfile: "ours", "server/main.js": "js" });
  });

  test(".dockerignore leaves out, exceptions come back, laid-over and always-kept files stay", async () => {
    await write({
      Dockerfile: "d",
      "node_modules/x/index.js": "x",
      "docs/a.md": "a",
      "docs/keep.md": "k",
      "src/a.ts": "a",
      "src/a.test.ts": "t",
    });
    const ignore = "node_modules\ndocs/*\n!docs/keep.md\n**/*.test.ts\nDockerfile\n# comment\n";
    expect(await read([{ path: "node_modules/ours.js", content: "ours" }], ignore, ["Dockerfile"])).toEqual({
      Dockerfile: "d",
      docs: "directory",
      "docs/keep.md": "k",
      src: "directory",
      "src/a.ts": "a",
      "node_modules/ours.js": "ours",
    });
  });

  test("an ignored directory is not read", () => {
    const rules = readIgnoreRules("node_modules\n", ["Dockerfile"]);
    expect(rules.prunes("node_modules")).toBe(true);
    expect(rules.prunes("src")).toBe(false);
    expect(readIgnoreRules("node_modules\n!node_modules/keep\n", []).prunes("node_modules")).toBe(false);
    expect(readIgnoreRules("docker\n", ["docker/Dockerfile"]).prunes("docker")).toBe(false);
  });

  test("a directory that is not there is an error of the stream", async () => {
    const stream = packContext(path.join(root, "absent"), [], readIgnoreRules(null, []));
    await expect(buffer(stream)).rejects.toThrow("ENOENT");
  });
});
