import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { type GitSetting, isolatedEnvironment } from "@/server/git/isolated-environment";
import type { Remote } from "./remote";

export type GitOptions = {
  /** One bare mirror a repository, named by a hash of its address. */
  mirrorsDir: string;
  /** Home of the git processes: known_hosts, and `identity` where the operator gives an SSH key for all repositories. */
  homeDir: string;
  /** Directories below which local repositories may be read. */
  allowedPaths: readonly string[];
  inheritedEnvironment: Readonly<Record<string, string>>;
};

const common: GitSetting[] = [
  // A remote that sends less than a kilobyte a second for half a minute is taken for dead.
  ["http.lowSpeedLimit", "1000"],
  ["http.lowSpeedTime", "30"],
  ["fetch.recurseSubmodules", "false"],
];

/** Environment for work in the mirror alone (`remote` null) or against a remote. */
export function mirrorEnvironment(options: GitOptions, remote: Remote | null): NodeJS.ProcessEnv {
  const environment: NodeJS.ProcessEnv = {
    ...isolatedEnvironment(options.inheritedEnvironment, options.homeDir, [...common, ...(remote?.settings ?? [])]),
    GIT_LITERAL_PATHSPECS: "1",
    GIT_ALLOW_PROTOCOL: remote?.kind === "local" ? "file" : "http:https:ssh",
    GIT_SSH_COMMAND: sshCommand(options.homeDir),
    GIT_SSH_VARIANT: "ssh",
  };
  // The other end of a local fetch gets none of our GIT_CONFIG_* variables, but it does read this file.
  if (remote?.kind === "local") environment.GIT_CONFIG_GLOBAL = localConfigPath(options.homeDir);
  return environment;
}

/** Makes what the environment names. */
export async function prepareHome({ homeDir }: GitOptions): Promise<void> {
  await mkdir(homeDir, { recursive: true, mode: 0o700 });
  // Who owns a local repository does not matter: the operator allowed the directory it is in.
  await writeFile(localConfigPath(homeDir), "[safe]\n\tdirectory = *\n", { mode: 0o600 });
}

function localConfigPath(homeDir: string): string {
  return path.join(homeDir, "local.gitconfig");
}

/** Neither the agent nor the keys of the account we run as: a person must not read with them what they may not read. */
function sshCommand(homeDir: string): string {
  const options = [
    "BatchMode=yes",
    "StrictHostKeyChecking=accept-new",
    `UserKnownHostsFile="${path.join(homeDir, "known_hosts")}"`,
    `IdentityFile="${path.join(homeDir, "identity")}"`,
    "IdentitiesOnly=yes",
    "IdentityAgent=none",
    "ConnectTimeout=15",
  ];
  // Git gives this line to a shell; the only variable part is the operator's own directory.
  return ["ssh", "-F", "none", ...options.flatMap((option) => ["-o", shellQuoted(option)])].join(" ");
}

function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
