import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTestGitServer, type TestGitServer, testInheritedEnvironment } from "@/testing/git-server";
import { ensureRepositoryOf } from "./bare-repository";
import { parseGitRequest } from "./http-backend";
import { isolatedEnvironment } from "./isolated-environment";

const execute = promisify(execFile);
const signature = { message: "First", author: { name: "A", email: "a@example.com" }, at: new Date(0) };

describe("Git over HTTP", () => {
  let work: string;
  let server: TestGitServer;
  beforeAll(async () => {
    work = await mkdtemp(path.join(tmpdir(), "helvetia-test-"));
    server = await startTestGitServer({ push: true });
  });
  afterAll(async () => {
    await server.close();
    await rm(work, { recursive: true, force: true });
  });

  const git = async (...args: string[]) => {
    const env = isolatedEnvironment(testInheritedEnvironment, work, [
      ["user.name", "P"],
      ["user.email", "p@example.com"],
    ]);
    return (await execute("git", args, { env, cwd: work })).stdout.trim();
  };

  test("clone, change, push and clone again", async () => {
    const repository = await server.createRepository("round-trip");
    const sha = await repository.commit({ "a.txt": "one", "directory/b ü.txt": "two" });
    await git("clone", "--quiet", repository.url, "one");
    expect(await git("-C", "one", "rev-parse", "HEAD")).toBe(sha);
    expect(await readFile(path.join(work, "one/directory/b ü.txt"), "utf8")).toBe("two");
    await writeFile(path.join(work, "one/a.txt"), "three");
    await git("-C", "one", "commit", "--quiet", "-am", "Second");
    await git("-C", "one", "push", "--quiet");
    await git("clone", "--quiet", repository.url, "two");
    expect(await readFile(path.join(work, "two/a.txt"), "utf8")).toBe("three");
  });

  test("a private repository asks for its token", async () => {
    const repository = await server.createRepository("private", { token: "right" });
    await repository.commit({ a: "1" });
    await expect(git("ls-remote", repository.url)).rejects.toThrow(/could not read Username/);
    const withPassword = (password: string) => repository.url.replace("://", `://x:${password}@`);
    await expect(git("ls-remote", withPassword("wrong"))).rejects.toThrow(/403/);
    expect(await git("ls-remote", withPassword("right"))).toContain("refs/heads/main");
  });

  test("push is refused where it is not served, and foreign host names are not answered", async () => {
    const closed = await startTestGitServer();
    try {
      const repository = await closed.createRepository("readonly");
      await repository.commit({ a: "1" });
      await git("clone", "--quiet", repository.url, "readonly");
      await git("-C", "readonly", "commit", "--quiet", "--allow-empty", "-m", "x");
      await expect(git("-C", "readonly", "push")).rejects.toThrow(/403/);
      const rebound = git("-c", "http.extraHeader=Host: evil.example", "ls-remote", repository.url);
      await expect(rebound).rejects.toThrow(/421/);
    } finally {
      await closed.close();
    }
  });

  test("a repository made of a directory is made once, and what was pushed stays", async () => {
    const source = path.join(work, "source");
    await git("init", "--quiet", source);
    await writeFile(path.join(source, "run.sh"), "#!/bin/sh\n", { mode: 0o755 });
    const repository = path.join(work, "made.git");
    await ensureRepositoryOf(source, repository, signature, testInheritedEnvironment);
    expect(await git("--git-dir", repository, "ls-tree", "-r", "main")).toMatch(/^100755 blob \w+\trun\.sh$/);
    const first = await git("--git-dir", repository, "rev-parse", "main");
    await writeFile(path.join(source, "run.sh"), "changed");
    await ensureRepositoryOf(source, repository, signature, testInheritedEnvironment);
    expect(await git("--git-dir", repository, "rev-parse", "main")).toBe(first);
  });
});

describe("parseGitRequest", () => {
  test.each([
    ["GET", "/hello.git/info/refs?service=git-upload-pack", false],
    ["GET", "/hello.git/info/refs?service=git-receive-pack", true],
    ["POST", "/hello.git/git-receive-pack", true],
    ["POST", "/a.b-c_1.git/git-upload-pack", false],
  ])("%s %s", (method, url, push) => expect(parseGitRequest(method, url)).toMatchObject({ push }));

  test.each([
    ["GET", "/hello.git/HEAD"],
    ["GET", "/hello.git/objects/info/packs"],
    ["GET", "/../hello.git/info/refs"],
    ["GET", "/a/../hello.git/info/refs"],
    ["GET", "/a..b.git/info/refs"],
    ["GET", "/.git/info/refs"],
    ["POST", "/hello.git/info/refs"],
    ["GET", "/hello.git/git-upload-pack"],
    ["GET", "/%2e%2e.git/info/refs"],
  ])("%s %s is none of Git's", (method, url) => expect(parseGitRequest(method, url)).toBeNull());
});
