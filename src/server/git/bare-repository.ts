import { execFile } from "node:child_process";
import { mkdir, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { commitFiles } from "./commit-files";
import { readDirectoryFiles } from "./directory-files";
import { isolatedEnvironment } from "./isolated-environment";

const execute = promisify(execFile);

/** Makes an empty bare repository. Rejects where git does. */
export async function createBareRepository(
  repository: string,
  branch: string,
  inheritedEnvironment: Readonly<Record<string, string>>,
): Promise<void> {
  await mkdir(path.dirname(repository), { recursive: true });
  await execute("git", ["init", "--quiet", "--bare", `--initial-branch=${branch}`, "--", repository], {
    env: isolatedEnvironment(inheritedEnvironment, path.dirname(repository)),
  });
}

/**
 * A bare repository whose first commit on `main` holds the files of `source`; one that is there already stays as it
 * is, because its owner may have pushed. It appears whole or not at all.
 */
export async function ensureRepositoryOf(
  source: string,
  repository: string,
  commit: { message: string; author: { name: string; email: string }; at: Date },
  inheritedEnvironment: Readonly<Record<string, string>>,
): Promise<void> {
  if (await stat(repository).catch(() => null)) return;
  const draft = `${repository}.${process.pid}.draft`;
  try {
    await createBareRepository(draft, "main", inheritedEnvironment);
    const files = await readDirectoryFiles(source);
    await commitFiles(draft, { ...commit, files, branch: "main", from: null, keepOthers: false }, inheritedEnvironment);
    await rename(draft, repository);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}
