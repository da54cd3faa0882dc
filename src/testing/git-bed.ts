/** A real Git adapter with remotes of its own, in a temporary directory: for the tests of the adapter. */
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createGit, type GitOptions } from "@/server/adapters/git/create-git";
import type { Commit, Git, LogLine } from "@/server/ports";
import { startTestGitServer, type TestGitServer, testInheritedEnvironment } from "./git-server";

export type GitBed = {
  /** Holds everything else. */
  directory: string;
  /** Below it local repositories are allowed. */
  allowed: string;
  server: TestGitServer;
  options: GitOptions;
  git: Git;
  /** Without a token; returns what was said, too. */
  fetch(url: string, ref?: { branch: string; sha?: string }): Promise<Commit & { lines: LogLine[] }>;
  /** The new directory that the commit was written to. */
  checkout(url: string, sha: string): Promise<string>;
  close(): Promise<void>;
};

export async function createGitBed(): Promise<GitBed> {
  const directory = await mkdtemp(path.join(tmpdir(), "helvetia-git-"));
  const allowed = path.join(directory, "allowed");
  await mkdir(allowed);
  const server = await startTestGitServer();
  const options = {
    mirrorsDir: path.join(directory, "mirrors"),
    homeDir: path.join(directory, "home"),
    allowedPaths: [allowed],
    inheritedEnvironment: testInheritedEnvironment,
  };
  const git = createGit(options);
  return {
    directory,
    allowed,
    server,
    options,
    git,
    async fetch(url, ref = { branch: "main" }) {
      const lines: LogLine[] = [];
      const never = new AbortController().signal;
      const commit = await git.fetch({ url, token: null }, ref, (line) => lines.push(line), never);
      return { ...commit, lines };
    },
    async checkout(url, sha) {
      const target = await mkdtemp(path.join(directory, "checkout-"));
      await git.checkout({ url, token: null }, sha, "", target, new AbortController().signal);
      return target;
    },
    async close() {
      await server.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
