import type { GitLocation } from "@/server/ports";
import { GitFailure, toAppError } from "./git-failure";
import { type GitOptions, mirrorEnvironment, prepareHome } from "./mirror-environment";
import { toRemote } from "./remote";
import { runGit } from "./run-git";

const heads = "refs/heads/";

export async function listBranches(
  options: GitOptions,
  location: GitLocation,
  signal: AbortSignal,
): Promise<{ branches: string[]; defaultBranch: string | null }> {
  const remote = await toRemote(location, options.allowedPaths);
  await prepareHome(options);
  const output = await runGit({
    args: ["ls-remote", "--symref", "--end-of-options", remote.url, "HEAD", `${heads}*`],
    environment: mirrorEnvironment(options, remote),
    cwd: options.homeDir,
    signal,
  }).catch((error: unknown) =>
    Promise.reject(error instanceof GitFailure ? toAppError(error, remote.withToken) : error),
  );
  const branches: string[] = [];
  let defaultBranch: string | null = null;
  for (const line of output.toString("utf8").split("\n")) {
    const [value = "", name = ""] = line.split("\t");
    if (name.startsWith(heads)) branches.push(name.slice(heads.length));
    if (name === "HEAD" && value.startsWith(`ref: ${heads}`)) defaultBranch = value.slice(`ref: ${heads}`.length);
  }
  return { branches: branches.sort(), defaultBranch };
}
