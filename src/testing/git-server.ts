/** A real Git remote for tests: bare repositories in a temporary directory, served over HTTP on a free loopback port. */
import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { readConfig } from "@/server/config";
import { createBareRepository } from "@/server/git/bare-repository";
import { commitFiles, type GitFile } from "@/server/git/commit-files";
import { readDirectoryFiles } from "@/server/git/directory-files";
import { startGitHttpServer } from "@/server/git/http-server";

const execute = promisify(execFile);

export const testInheritedEnvironment = readConfig(process.env).config.inheritedEnvironment;

/** Path -> content; null removes the file. */
export type Files = Record<string, string | GitFile | null>;

export type TestRepository = {
  url: string;
  /** The bare repository on disk, for the cases that a remote over HTTP cannot show. */
  path: string;
  /** Commits on top of the branch (made from `main` where it is not there yet) and returns the commit's id. */
  commit(files: Files, options?: { branch?: string; message?: string; replaceAll?: boolean }): Promise<string>;
  /** Commits the files of a directory in place of all that is there. */
  commitDirectory(directory: string, options?: { branch?: string; message?: string }): Promise<string>;
};

export type TestGitServer = {
  /** Only with `token` as the password may a private repository be read. */
  createRepository(name: string, options?: { token?: string }): Promise<TestRepository>;
  removeRepository(name: string): Promise<void>;
  deleteBranch(name: string, branch: string): Promise<void>;
  /** The bare repository on disk. */
  pathOf(name: string): string;
  /** Requests seen so far: "info/refs" and "git-upload-pack" of each repository. */
  requests: { name: string; pathInfo: string }[];
  close(): Promise<void>;
};

const author = { name: "Test Author", email: "author@example.com" };

export async function startTestGitServer(options: { push?: boolean } = {}): Promise<TestGitServer> {
  const directory = await mkdtemp(path.join(tmpdir(), "helvetia-git-"));
  const tokens = new Map<string, string>();
  const requests: TestGitServer["requests"] = [];
  const server = await startGitHttpServer({
    directory,
    inheritedEnvironment: testInheritedEnvironment,
    push: options.push ?? false,
    port: 0,
    authorize({ name, pathInfo }, credentials) {
      requests.push({ name, pathInfo });
      const token = tokens.get(name);
      if (token === undefined) return "allow";
      if (credentials === undefined) return "challenge";
      return credentials.slice(credentials.indexOf(":") + 1) === token ? "allow" : "deny";
    },
  });
  const opened = new Map<string, { forgetBranch(branch: string): void }>();
  const pathOf = (name: string) => path.join(directory, `${name}.git`);
  return {
    requests,
    async createRepository(name, { token } = {}) {
      await createBareRepository(pathOf(name), "main", testInheritedEnvironment);
      if (token !== undefined) tokens.set(name, token);
      const { repository, forgetBranch } = openTestRepository(pathOf(name), server.urlOf(name));
      opened.set(name, { forgetBranch });
      return repository;
    },
    removeRepository: (name) => rm(pathOf(name), { recursive: true, force: true }),
    pathOf,
    async deleteBranch(name, branch) {
      opened.get(name)?.forgetBranch(branch);
      await execute("git", ["--git-dir", pathOf(name), "update-ref", "-d", `refs/heads/${branch}`]);
    },
    async close() {
      await server.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** Commit times count up from a fixed moment, so that the order of a log is the order of the commits. */
let seconds = Date.UTC(2025, 0, 1) / 1000;

function openTestRepository(repository: string, url: string) {
  const tips = new Set<string>();
  const write: TestRepository["commit"] = async (files, { branch = "main", message = "Change", replaceAll } = {}) => {
    const parent = tips.has(branch) ? branch : tips.has("main") ? "main" : null;
    const entries = Object.entries(files).map(([file, content]): [string, GitFile | null] => [
      file,
      typeof content === "string" ? { content, mode: "100644" } : content,
    ]);
    seconds += 60;
    const at = new Date(seconds * 1000);
    const request = { branch, message, author, at, files: new Map(entries), from: parent, keepOthers: !replaceAll };
    const sha = await commitFiles(repository, request, testInheritedEnvironment);
    tips.add(branch);
    return sha;
  };
  const opened: TestRepository = {
    url,
    path: repository,
    commit: write,
    async commitDirectory(directory, options = {}) {
      const files = Object.fromEntries(await readDirectoryFiles(directory));
      return write(files, { ...options, replaceAll: true });
    },
  };
  return { repository: opened, forgetBranch: (branch: string) => void tips.delete(branch) };
}
