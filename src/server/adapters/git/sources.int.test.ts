import { execFile } from "node:child_process";
import { chown, readdir, readFile, symlink } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createGitBed, type GitBed } from "@/testing/git-bed";

const execute = promisify(execFile);
const forever = () => new AbortController().signal;

describe("Git sources", () => {
  let bed: GitBed;
  beforeAll(async () => {
    bed = await createGitBed();
  });
  afterAll(() => bed.close());

  describe("local paths", () => {
    const bare = (at: string) => execute("git", ["clone", "--quiet", "--bare", "--", bed.server.pathOf("local"), at]);
    let sha: string;
    beforeAll(async () => {
      sha = await (await bed.server.createRepository("local")).commit({ a: "1" });
      await bare(path.join(bed.directory, "allowed/repository.git"));
      await bare(path.join(bed.directory, "outside.git"));
      await symlink(path.join(bed.directory, "outside.git"), path.join(bed.directory, "allowed/sly.git"));
    });

    test("are read below what the operator allowed, whoever owns them", async () => {
      const repository = path.join(bed.directory, "allowed/repository.git");
      if (process.getuid?.() === 0) await chown(repository, 65534, 65534);
      expect((await bed.fetch(repository)).sha).toBe(sha);
      expect((await bed.fetch(`file://${repository}`)).sha).toBe(sha);
      expect((await bed.git.branches({ url: repository, token: null }, forever())).branches).toEqual(["main"]);
      await expect(bed.fetch(path.join(bed.directory, "allowed/absent"))).rejects.toMatchObject({
        code: "repository_not_found",
      });
    });

    test.each(["outside.git", "allowed/sly.git", "allowed/../outside.git", "allowed-not/x", "absent"])(
      "%s is not allowed",
      async (name) => {
        const attempt = bed.fetch(`${bed.directory}/${name}`);
        await expect(attempt).rejects.toMatchObject({ code: "repository_not_allowed" });
      },
    );
  });

  describe("submodules", () => {
    test("are checked out beside the rest, relative addresses too", async () => {
      const library = await bed.server.createRepository("library");
      const libraryCommit = await library.commit({ "lib.js": "library" });
      await library.commit({ "lib.js": "later" });
      const parent = await bed.server.createRepository("parent");
      const sha = await parent.commit({
        ".gitmodules": '[submodule "lib"]\n\tpath = vendor/lib\n\turl = ../library.git\n',
        "vendor/lib": { content: libraryCommit, mode: "160000" },
        "index.js": "parent",
      });
      const target = await bed.checkout(parent.url, sha);
      expect(await readFile(path.join(target, "vendor/lib/lib.js"), "utf8")).toBe("library");
      expect(await readdir(target)).not.toContain(".git");
    });

    test("are not read from this server's disk", async () => {
      const parent = await bed.server.createRepository("sly-parent");
      const sha = await parent.commit({
        ".gitmodules": '[submodule "lib"]\n\tpath = lib\n\turl = ext::sh -c touch% pwned\n',
        lib: { content: "0123456789012345678901234567890123456789", mode: "160000" },
      });
      await expect(bed.checkout(parent.url, sha)).rejects.toMatchObject({ code: "repository_not_allowed" });
    });
  });

  test("files in Git LFS are said to be missing", async () => {
    const repository = await bed.server.createRepository("lfs");
    await repository.commit({ ".gitattributes": "*.png filter=lfs diff=lfs merge=lfs -text\n" });
    const { lines } = await bed.fetch(repository.url);
    expect(lines.map(({ text }) => text).join("\n")).toContain("Git LFS");
  });
});
