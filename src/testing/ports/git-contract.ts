/** What every Git does, fake or real. A subject brings a Git and remotes that it can reach. */
import { mkdtemp, readdir, readFile, readlink, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Secret } from "@/domain/secret";
import type { Git, GitLocation, LogLine } from "@/server/ports";
import type { TestRepository } from "@/testing/git-server";

type Remote = Pick<TestRepository, "url" | "commit">;

export type GitContractSubject = {
  git: Git;
  createRepository(name: string, options?: { token?: string }): Promise<Remote>;
  deleteBranch(name: string, branch: string): Promise<void>;
  tearDown(): Promise<void>;
};

const forever = () => new AbortController().signal;
const silent = () => {};
const absentSha = "0123456789012345678901234567890123456789";

export function gitContract(name: string, setUp: () => Promise<GitContractSubject>): void {
  describe(`${name}: Git contract`, () => {
    let subject: GitContractSubject;
    let git: Git;
    let work: string;
    let count = 0;

    beforeAll(async () => {
      subject = await setUp();
      git = subject.git;
      work = await mkdtemp(path.join(tmpdir(), "helvetia-contract-"));
    });
    afterAll(async () => {
      await subject.tearDown();
      await rm(work, { recursive: true, force: true });
    });

    const remote = async (options?: { token?: string }) => {
      count += 1;
      const created = await subject.createRepository(`contract-${count}`, options);
      return { ...created, name: `contract-${count}`, at: { url: created.url, token: null } satisfies GitLocation };
    };
    const fetch = (at: GitLocation, branch = "main", sha?: string) =>
      git.fetch(at, sha === undefined ? { branch } : { branch, sha }, silent, forever());
    const checkout = async (at: GitLocation, sha: string, directory = "") => {
      const target = await mkdtemp(path.join(work, "checkout-"));
      await git.checkout(at, sha, directory, target, forever());
      return target;
    };

    describe("mirrors", () => {
      const find = async (at: GitLocation) => {
        const name = await git.mirrorName(at);
        return (await git.mirrors()).find((mirror) => mirror.name === name) ?? null;
      };

      test("a repository that was fetched has one, which knows whose it is, and goes when it is of no use", async () => {
        const { at, commit } = await remote();
        const sha = await commit({ a: "1" });
        expect(await find(at)).toBeNull();
        const before = new Date(Date.now() - 60_000);
        await fetch(at);
        const mirror = await find(at);
        expect(mirror).toMatchObject({ url: at.url, sizeBytes: expect.any(Number) });
        expect(mirror?.usedAt.getTime()).toBeGreaterThan(before.getTime());
        expect(mirror?.sizeBytes).toBeGreaterThan(0);
        const name = mirror?.name ?? "";
        expect(await git.removeMirror(name, before)).toBe(false);
        expect(await find(at)).not.toBeNull();
        expect(await git.removeMirror(name, new Date(Date.now() + 60_000))).toBe(true);
        expect(await git.removeMirror(name, new Date(Date.now() + 60_000))).toBe(false);
        expect(await find(at)).toBeNull();
        expect((await fetch(at)).sha).toBe(sha);
      });
    });

    describe("fetch", () => {
      test("gives the tip of the branch, and the new tip after a commit", async () => {
        const { at, commit } = await remote();
        const first = await commit({ a: "1" }, { message: "First\n\nWith a body" });
        expect(await fetch(at)).toEqual({
          sha: first,
          message: "First\n\nWith a body",
          authorName: "Test Author",
          authoredAt: expect.any(Date),
        });
        const second = await commit({ a: "2" });
        expect((await fetch(at)).sha).toBe(second);
      });

      test("gives the commit that is asked for, even where no branch holds it any more", async () => {
        const { at, name: repository, commit } = await remote();
        await commit({ a: "1" });
        const kept = await commit({ a: "2" });
        const lost = await commit({ a: "3" }, { branch: "lost" });
        await commit({ a: "4" });
        await subject.deleteBranch(repository, "lost");
        expect((await fetch(at, "main", kept)).sha).toBe(kept);
        expect((await fetch(at, "lost", lost)).sha).toBe(lost);
      });

      test("says what it does, line by line", async () => {
        const { at, commit } = await remote();
        await commit({ a: "1" });
        const lines: LogLine[] = [];
        await git.fetch(at, { branch: "main" }, (line) => lines.push(line), forever());
        expect(lines.length).toBeGreaterThan(0);
        for (const line of lines) expect(line.text).not.toMatch(/[\r\n]/);
      });

      test("takes branch names with slashes and letters beyond ASCII", async () => {
        const { at, commit } = await remote();
        await commit({ a: "1" });
        for (const branch of ["feature/x", "Zürich-東京", "a'b\"c$(d);e&f"]) {
          const sha = await commit({ a: branch }, { branch });
          expect((await fetch(at, branch)).sha).toBe(sha);
        }
      });

      test("follows a branch that was replaced by one below it", async () => {
        const { at, name: repository, commit } = await remote();
        await commit({ a: "1" });
        await commit({ a: "2" }, { branch: "topic" });
        await fetch(at, "topic");
        await subject.deleteBranch(repository, "topic");
        const sha = await commit({ a: "3" }, { branch: "topic/below" });
        expect((await fetch(at, "topic/below")).sha).toBe(sha);
      });

      test("many at a time get what one gets", async () => {
        const { at, commit } = await remote();
        const main = await commit({ a: "1" });
        const other = await commit({ a: "2" }, { branch: "other" });
        const found = await Promise.all(
          Array.from({ length: 8 }, (_, index) => fetch(at, index % 2 ? "main" : "other")),
        );
        expect(found.map(({ sha }) => sha)).toEqual(
          Array.from({ length: 8 }, (_, index) => (index % 2 ? main : other)),
        );
      });

      test("refuses what is not there, each by its code", async () => {
        const { at, commit } = await remote();
        await commit({ a: "1" });
        await expect(fetch(at, "absent")).rejects.toMatchObject({ code: "branch_not_found" });
        await expect(fetch(at, "main", absentSha)).rejects.toMatchObject({ code: "commit_not_found" });
        const nowhere = { url: at.url.replace("contract-", "absent-"), token: null };
        await expect(fetch(nowhere)).rejects.toMatchObject({ code: "repository_not_found" });
        await expect(fetch({ url: "ext::sh -c true", token: null })).rejects.toMatchObject({
          code: "repository_not_allowed",
        });
      });

      test("a private repository opens to its token alone, also where others fetched it before", async () => {
        const { url, commit } = await remote({ token: "correct" });
        const sha = await commit({ a: "1" });
        const as = (token: string | null) => ({ url, token: token === null ? null : new Secret(token) });
        expect((await fetch(as("correct"))).sha).toBe(sha);
        for (const wanted of [undefined, sha]) {
          await expect(fetch(as(null), "main", wanted)).rejects.toMatchObject({ code: "repository_not_found" });
          await expect(fetch(as("wrong"), "main", wanted)).rejects.toMatchObject({ code: "repository_access_denied" });
        }
      });

      test("rejects with the reason of a signal that has aborted", async () => {
        const { at, commit } = await remote();
        await commit({ a: "1" });
        const reason = new Error("no longer wanted");
        const attempt = git.fetch(at, { branch: "main" }, silent, AbortSignal.abort(reason));
        await expect(attempt).rejects.toBe(reason);
      });
    });

    test("branches: sorted names and the default", async () => {
      const { at, commit } = await remote();
      expect(await git.branches(at, forever())).toEqual({ branches: [], defaultBranch: null });
      await commit({ a: "1" });
      await commit({ a: "2" }, { branch: "feature/x" });
      await commit({ a: "3" }, { branch: "alpha" });
      expect(await git.branches(at, forever())).toEqual({
        branches: ["alpha", "feature/x", "main"],
        defaultBranch: "main",
      });
    });

    test("treeHash: equal content is equal, whatever changed elsewhere", async () => {
      const { at, commit } = await remote();
      const first = await commit({ "web/a": "1", "api/b": "1" });
      const second = await commit({ "api/b": "2" });
      const third = await commit({ "api/b": "1" });
      await fetch(at);
      const hash = (sha: string, directory: string) => git.treeHash(at, sha, directory);
      expect(await hash(second, "web")).toBe(await hash(first, "web"));
      expect(await hash(second, "api")).not.toBe(await hash(first, "api"));
      expect(await hash(third, "")).toBe(await hash(first, ""));
      await expect(hash(first, "absent")).rejects.toMatchObject({ code: "root_directory_not_found" });
      await expect(hash(first, "web/a")).rejects.toMatchObject({ code: "root_directory_not_found" });
      await expect(hash(absentSha, "")).rejects.toMatchObject({ code: "commit_not_found" });
    });

    describe("checkout", () => {
      test("writes the files of the commit, with their modes, and nothing of Git", async () => {
        const { at, commit } = await remote();
        const sha = await commit({
          "run.sh": { content: "#!/bin/sh\n", mode: "100755" },
          "deep/er/ü 'q' \"d\"": { content: new Uint8Array([0, 255, 10, 13]), mode: "100644" },
          link: { content: "deep/er", mode: "120000" },
        });
        await commit({ "run.sh": "later" });
        await fetch(at);
        const target = await checkout(at, sha);
        expect((await readdir(target)).sort()).toEqual(["deep", "link", "run.sh"]);
        expect((await stat(path.join(target, "run.sh"))).mode & 0o111).not.toBe(0);
        expect(await readFile(path.join(target, "deep/er/ü 'q' \"d\""))).toEqual(Buffer.from([0, 255, 10, 13]));
        expect(await readlink(path.join(target, "link"))).toBe("deep/er");
      });

      test("writes one directory alone", async () => {
        const { at, commit } = await remote();
        const sha = await commit({ "apps/web/index.html": "web", "apps/web-two/x": "x", other: "o" });
        await fetch(at);
        const target = await checkout(at, sha, "apps/web");
        expect(await readdir(target)).toEqual(["index.html"]);
        await expect(checkout(at, sha, "absent")).rejects.toMatchObject({ code: "root_directory_not_found" });
      });

      test.each(["/etc/passwd", "../outside", "a/../../outside"])("refuses a symbolic link to %s", async (target) => {
        const { at, commit } = await remote();
        const sha = await commit({ "app/link": { content: target, mode: "120000" }, "app/a/b": "1", outside: "2" });
        await fetch(at);
        await expect(checkout(at, sha, "app")).rejects.toMatchObject({ code: "invalid_input" });
      });

      test("works where this machine never fetched the commit", async () => {
        const { at, commit } = await remote();
        const sha = await commit({ a: "1" });
        await commit({ a: "2" });
        expect(await readFile(path.join(await checkout(at, sha), "a"), "utf8")).toBe("1");
      });
    });

    test("log: the commits between two, newest first, limited", async () => {
      const { at, commit } = await remote();
      const shas: string[] = [];
      for (const number of [1, 2, 3, 4]) shas.push(await commit({ a: `${number}` }, { message: `Number ${number}` }));
      const [first = "", , , last = ""] = shas;
      await fetch(at);
      const messages = async (from: string | null, to: string, limit: number) =>
        (await git.log(at, from, to, limit)).map(({ message }) => message);
      expect(await messages(first, last, 10)).toEqual(["Number 4", "Number 3", "Number 2"]);
      expect(await messages(first, last, 2)).toEqual(["Number 4", "Number 3"]);
      expect(await messages(null, last, 10)).toHaveLength(4);
      expect(await messages(last, first, 10)).toEqual([]);
      await expect(messages(absentSha, last, 10)).rejects.toMatchObject({ code: "commit_not_found" });
    });

    test("changedFiles: paths of the repository below a directory, limited", async () => {
      const { at, commit } = await remote();
      const from = await commit({ "web/changed": "1", "web/gone": "2", "api/x": "3", "web*/y": "4" });
      const to = await commit({
        "web/changed": "one",
        "web/gone": null,
        "web/added": "new",
        "api/x": "three",
        "web*/y": "5",
      });
      await fetch(at);
      const changed = (directory: string, limit = 10) => git.changedFiles(at, from, to, directory, limit);
      expect(await changed("web")).toEqual([
        { path: "web/added", change: "added" },
        { path: "web/changed", change: "modified" },
        { path: "web/gone", change: "deleted" },
      ]);
      expect(await changed("web*")).toEqual([{ path: "web*/y", change: "modified" }]);
      expect(await changed("")).toHaveLength(5);
      expect(await changed("", 2)).toHaveLength(2);
    });
  });
}
