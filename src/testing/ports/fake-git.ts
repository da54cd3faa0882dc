/**
 * A Git in memory that passes the contract suite: repositories are made, committed to and removed by the test; a
 * commit is a map of files, and its id derives from what it holds and what it follows, as in Git.
 */
import { createHash } from "node:crypto";
import { mkdir, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { AppError } from "@/domain/errors";
import type { Commit, Git, GitLocation } from "@/server/ports";
import type { Files, TestRepository } from "@/testing/git-server";

type Entry = { content: string | Uint8Array; mode: string };
type StoredCommit = { commit: Commit; parent: string | null; files: Map<string, Entry> };
type Repository = { token: string | null; branches: Map<string, string>; commits: Map<string, StoredCommit> };

export type FakeGit = Git & {
  readonly calls: { method: keyof Git; url: string }[];
  /** Thrown by every call of a method until it is deleted. */
  readonly failures: Map<keyof Git, Error>;
  /** When a repository's mirror was last of use; a test may set it back. */
  readonly usedAt: Map<string, Date>;
  createRepository(url: string, options?: { token?: string }): Pick<TestRepository, "url" | "commit">;
  removeRepository(url: string): void;
  deleteBranch(url: string, branch: string): void;
};

const hash = (...parts: (string | Uint8Array)[]) => {
  const digest = createHash("sha1");
  for (const part of parts) digest.update(part).update("\0");
  return digest.digest("hex");
};

export function createFakeGit(): FakeGit {
  const repositories = new Map<string, Repository>();
  /** What was fetched once stays in the mirror, whatever becomes of the remote. */
  const mirrors = new Map<string, Map<string, StoredCommit>>();
  const usedAt = new Map<string, Date>();
  const calls: FakeGit["calls"] = [];
  const failures: FakeGit["failures"] = new Map();

  const begin = (method: keyof Git, { url }: GitLocation) => {
    calls.push({ method, url });
    const failure = failures.get(method);
    if (failure) throw failure;
  };
  const open = ({ url, token }: GitLocation): Repository => {
    if (!/^(https?|ssh):\/\//.test(url)) throw new AppError("repository_not_allowed");
    const repository = repositories.get(url);
    if (!repository) throw new AppError("repository_not_found");
    if (repository.token === null || repository.token === token?.reveal()) return repository;
    throw new AppError(token === null ? "repository_not_found" : "repository_access_denied");
  };
  const find = (location: GitLocation, sha: string): StoredCommit => {
    const found = mirrors.get(location.url)?.get(sha) ?? open(location).commits.get(sha);
    if (!found) throw new AppError("commit_not_found");
    return found;
  };

  return {
    calls,
    failures,
    usedAt,
    createRepository(url, { token } = {}) {
      const repository: Repository = { token: token ?? null, branches: new Map(), commits: new Map() };
      repositories.set(url, repository);
      return { url, commit: async (files, options) => addCommit(repository, files, options) };
    },
    removeRepository: (url) => void repositories.delete(url),
    deleteBranch: (url, branch) => void repositories.get(url)?.branches.delete(branch),

    async fetch(location, { branch, sha }, onLine, signal) {
      signal.throwIfAborted();
      begin("fetch", location);
      const repository = open(location);
      const wanted = sha ?? repository.branches.get(branch);
      if (wanted === undefined) throw new AppError("branch_not_found");
      const { commit } = find(location, wanted);
      usedAt.set(location.url, new Date());
      mirrors.set(location.url, new Map([...(mirrors.get(location.url) ?? []), ...repository.commits]));
      onLine({ at: new Date(), stream: "system", text: `Fetched ${branch}` });
      return commit;
    },

    async branches(location, signal) {
      signal.throwIfAborted();
      begin("branches", location);
      const branches = [...open(location).branches.keys()].sort();
      return { branches, defaultBranch: branches.includes("main") ? "main" : (branches[0] ?? null) };
    },

    async treeHash(location, sha, directory) {
      begin("treeHash", location);
      const files = filesBelow(find(location, sha).files, directory);
      return hash(...[...files].sort().flatMap(([name, { content, mode }]) => [name, mode, content]));
    },

    async checkout(location, sha, directory, target, signal) {
      signal.throwIfAborted();
      begin("checkout", location);
      for (const [name, { content, mode }] of filesBelow(find(location, sha).files, directory)) {
        const file = path.join(target, name);
        await mkdir(path.dirname(file), { recursive: true });
        if (mode !== "120000") {
          await writeFile(file, content, { mode: mode === "100755" ? 0o755 : 0o644 });
          continue;
        }
        const goal = path.posix.join(path.posix.dirname(name), String(content));
        if (goal.startsWith("..") || path.posix.isAbsolute(String(content))) throw new AppError("invalid_input");
        await symlink(String(content), file);
      }
    },

    async mirrors() {
      return [...mirrors.keys()].map((url) => ({
        name: `${hash(url)}.git`,
        url,
        sizeBytes: 2 ** 20,
        usedAt: usedAt.get(url) ?? new Date(0),
      }));
    },

    mirrorName: async ({ url }) => `${hash(url)}.git`,

    async removeMirror(name, unusedSince) {
      const url = [...mirrors.keys()].find((one) => `${hash(one)}.git` === name);
      if (url === undefined || (usedAt.get(url) ?? new Date(0)) > unusedSince) return false;
      return mirrors.delete(url);
    },

    async log(location, from, to, limit) {
      begin("log", location);
      const known = new Set<string>();
      for (let at = from; at !== null; at = find(location, at).parent) known.add(at);
      const commits: Commit[] = [];
      for (let at: string | null = to; at !== null && !known.has(at); ) {
        const { commit, parent } = find(location, at);
        commits.push(commit);
        at = parent;
      }
      return commits.slice(0, limit);
    },

    async changedFiles(location, from, to, directory, limit) {
      begin("changedFiles", location);
      const [before, after] = [find(location, from).files, find(location, to).files];
      const below = (name: string) => directory === "" || name.startsWith(`${directory}/`);
      const names = [...new Set([...before.keys(), ...after.keys()])].filter(below).sort();
      return names
        .filter((name) => identity(before.get(name)) !== identity(after.get(name)))
        .map((name) => ({
          path: name,
          change: !before.has(name)
            ? ("added" as const)
            : after.has(name)
              ? ("modified" as const)
              : ("deleted" as const),
        }))
        .slice(0, limit);
    },
  };
}

const identity = (entry: Entry | undefined) => (entry ? hash(entry.mode, entry.content) : null);

/** Commits are a minute apart, so that tests are told apart from a clock that stands still. */
let minutes = 0;

function addCommit(
  repository: Repository,
  files: Files,
  { branch = "main", message = "Change", replaceAll = false }: Parameters<TestRepository["commit"]>[1] = {},
): string {
  const parent = repository.branches.get(branch) ?? repository.branches.get("main") ?? null;
  const merged = new Map(parent === null || replaceAll ? [] : repository.commits.get(parent)?.files);
  for (const [name, file] of Object.entries(files)) {
    if (file === null) merged.delete(name);
    else merged.set(name, typeof file === "string" ? { content: file, mode: "100644" } : file);
  }
  minutes += 1;
  const authoredAt = new Date(Date.UTC(2025, 0, 1, 0, minutes));
  const content = [...merged].sort().flatMap(([name, entry]) => [name, entry.mode, entry.content]);
  const sha = hash(parent ?? "", message, authoredAt.toISOString(), ...content);
  const commit: Commit = { sha, message, authorName: "Test Author", authoredAt };
  repository.commits.set(sha, { commit, parent, files: merged });
  repository.branches.set(branch, sha);
  return sha;
}

/** Paths are relative to the directory. */
function filesBelow(files: Map<string, Entry>, directory: string): Map<string, Entry> {
  if (directory === "") return files;
  const below = new Map<string, Entry>();
  for (const [name, entry] of files) {
    if (name.startsWith(`${directory}/`)) below.set(name.slice(directory.length + 1), entry);
  }
  if (below.size === 0) throw new AppError("root_directory_not_found");
  return below;
}
