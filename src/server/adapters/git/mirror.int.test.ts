import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createGitBed, type GitBed } from "@/testing/git-bed";
import { createGit } from "./create-git";
import { mirrorPath } from "./mirror";

describe("mirror", () => {
  let bed: GitBed;
  beforeAll(async () => {
    bed = await createGitBed();
  });
  afterAll(() => bed.close());

  test("is fetched, not cloned again: one changed file moves a few objects", async () => {
    const repository = await bed.server.createRepository("incremental");
    const big = Array.from({ length: 50 }, (_, index) => [`file-${index}`, `content ${index} `.repeat(1000)]);
    await repository.commit(Object.fromEntries(big));
    await bed.fetch(repository.url);
    await repository.commit({ "file-0": "changed" });
    const { lines } = await bed.fetch(repository.url);
    const counted = lines
      .map(({ text }) => /^remote: Counting objects: 100% \(\d+\/(\d+)\)/.exec(text)?.[1])
      .find(Boolean);
    expect(Number(counted)).toBeLessThanOrEqual(6);
  });

  test.each([
    ["a file of its head is gone", async (mirror: string) => rm(path.join(mirror, "HEAD"))],
    ["its configuration is garbage", async (mirror: string) => writeFile(path.join(mirror, "config"), "\0garbage [")],
    ["its objects are gone", async (mirror: string) => rm(path.join(mirror, "objects"), { recursive: true })],
    ["all objects are empty files", emptyObjects],
  ])("is made anew where %s", async (_, damage) => {
    const repository = await bed.server.createRepository(`damaged-${Math.random().toString(36).slice(2)}`);
    const first = await repository.commit({ a: "1" });
    await bed.fetch(repository.url);
    await damage(mirrorPath(bed.options, repository.url));
    expect(await readFile(path.join(await bed.checkout(repository.url, first), "a"), "utf8")).toBe("1");
    await damage(mirrorPath(bed.options, repository.url));
    const second = await repository.commit({ a: "2" });
    expect((await bed.fetch(repository.url)).sha).toBe(second);
    expect(await readFile(path.join(await bed.checkout(repository.url, second), "a"), "utf8")).toBe("2");
  });

  test("is thrown away and fetched into at the same moment, again and again, and no fetch fails", async () => {
    const repository = await bed.server.createRepository("contested");
    const [here, there] = [createGit(bed.options), createGit(bed.options)];
    const location = { url: repository.url, token: null };
    const name = (await here.mirrorName(location)) ?? "";
    let removed = 0;
    for (let round = 0; round < 15; round++) {
      const sha = await repository.commit({ a: `${round}` });
      const fetching = there.fetch(location, { branch: "main" }, () => {}, new AbortController().signal);
      // As if nobody had used it for long, which nobody can tell at this moment.
      const later = new Date(Date.now() + 60_000);
      for (let taken = await here.removeMirror(name, later); !taken; taken = await here.removeMirror(name, later));
      removed += 1;
      expect((await fetching).sha).toBe(sha);
      expect(await there.treeHash(location, sha, "")).toMatch(/^[0-9a-f]{40}$/);
    }
    expect(removed).toBe(15);
  });

  test("what a killed process left of one is listed, and goes", async () => {
    const left = path.join(bed.options.mirrorsDir, "0123.git.4567.trash");
    await mkdir(left, { recursive: true });
    await writeFile(path.join(left, "pack"), "x".repeat(10_000));
    const git = createGit(bed.options);
    const found = (await git.mirrors()).find((mirror) => mirror.url === null);
    expect(found).toMatchObject({ name: "0123.git.4567.trash", url: null });
    expect(found?.sizeBytes).toBeGreaterThanOrEqual(10_000);
    expect(await git.removeMirror(found?.name ?? "", new Date())).toBe(true);
    expect(await git.removeMirror("../../outside", new Date())).toBe(false);
  });

  test("two processes fetch into one mirror, and a dead process's lock does not stop them for good", async () => {
    const repository = await bed.server.createRepository("two-processes");
    await repository.commit({ a: "1" });
    const others = [createGit(bed.options), createGit(bed.options), createGit(bed.options)];
    const location = { url: repository.url, token: null };
    for (let round = 0; round < 5; round++) {
      const sha = await repository.commit({ a: `round ${round}` });
      const tips = await Promise.all(
        others.map((each) => each.fetch(location, { branch: "main" }, () => {}, new AbortController().signal)),
      );
      expect(tips.map((tip) => tip.sha)).toEqual([sha, sha, sha]);
    }
    const mirror = mirrorPath(bed.options, repository.url);
    const [ref = ""] = await readdir(path.join(mirror, "refs/branches"));
    await writeFile(path.join(mirror, "refs/branches", `${ref}.lock`), "");
    const sha = await repository.commit({ a: "after the lock" });
    expect((await bed.fetch(repository.url)).sha).toBe(sha);
  });

  test("a branch that was rewritten gives its new tip, and the old commit stays readable", async () => {
    const repository = await bed.server.createRepository("rewritten");
    const old = await repository.commit({ a: "old" });
    await bed.fetch(repository.url);
    await bed.server.deleteBranch("rewritten", "main");
    const rewritten = await repository.commit({ a: "new" });
    expect((await bed.fetch(repository.url)).sha).toBe(rewritten);
    expect(await readFile(path.join(await bed.checkout(repository.url, old), "a"), "utf8")).toBe("old");
  });
});

async function emptyObjects(mirror: string): Promise<void> {
  for (const entry of await readdir(path.join(mirror, "objects"), { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = path.join(entry.parentPath, entry.name);
    await rm(file);
    await writeFile(file, "");
  }
}
