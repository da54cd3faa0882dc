/** The bare mirror of one repository on disk: made in one step, thrown away in one step. */
import { createHash, randomUUID } from "node:crypto";
import { mkdir, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import path from "node:path";
import { type GitOptions, mirrorEnvironment, prepareHome } from "./mirror-environment";
import { runGit } from "./run-git";

export function mirrorPath(options: GitOptions, url: string): string {
  return path.join(options.mirrorsDir, `${createHash("sha256").update(url).digest("hex").slice(0, 40)}.git`);
}

/**
 * The ref that a branch is fetched to. Flat and hashed: a branch `a` that became `a/b` is no conflict, nor are names
 * that a file system takes for equal.
 */
export function branchRef(branch: string): string {
  return `refs/branches/${createHash("sha256").update(branch).digest("hex").slice(0, 40)}`;
}

/** Says whose mirror it is: its name is a hash. Git itself ignores it. */
export function mirrorAddressFile(mirror: string): string {
  return path.join(mirror, "description");
}

/** Its age says when it was last of use. */
export async function touchMirror(mirror: string): Promise<void> {
  const now = new Date();
  await utimes(mirror, now, now).catch(() => {});
}

/** `url` holds no credentials. */
export async function ensureMirror(options: GitOptions, mirror: string, url: string): Promise<void> {
  if (await stat(mirror).catch(() => null)) return;
  await mkdir(options.mirrorsDir, { recursive: true, mode: 0o700 });
  await prepareHome(options);
  const draft = `${mirror}.${randomUUID()}.draft`;
  try {
    const args = ["init", "--quiet", "--bare", "--template=", "--", draft];
    await runGit({ args, environment: mirrorEnvironment(options, null) });
    await writeFile(mirrorAddressFile(draft), url);
    await rename(draft, mirror);
  } catch (error) {
    // Another process may have been faster.
    if (!(await stat(mirror).catch(() => null))) throw error;
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

export async function discardMirror(mirror: string): Promise<void> {
  const trash = `${mirror}.${randomUUID()}.trash`;
  await rename(mirror, trash).catch(() => {});
  await rm(trash, { recursive: true, force: true });
}
