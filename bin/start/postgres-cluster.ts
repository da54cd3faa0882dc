/** The data directory of the embedded PostgreSQL: made once, with passwords that only this instance knows. */
import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chownSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { freePort } from "./free-port";
import { asAccount, type PostgresAccount } from "./postgres-account";
import type { PostgresBinaries } from "./postgres-binaries";

const execute = promisify(execFile);

/** `directory` holds the cluster (data/), its log and what we must remember of it. */
export type Cluster = {
  directory: string;
  data: string;
  logFile: string;
  account: PostgresAccount;
  binaries: PostgresBinaries;
};

/** Kept in cluster.json, readable by its owner alone. */
export type ClusterSettings = { port: number; superuserPassword: string; password: string };

export const superuser = "postgres";

export function readClusterSettings(cluster: Cluster): ClusterSettings | null {
  const file = settingsFile(cluster);
  if (!existsSync(file) || !existsSync(path.join(cluster.data, "PG_VERSION"))) return null;
  return JSON.parse(readFileSync(file, "utf8")) as ClusterSettings; // safe because only createCluster and rememberPort write it
}

/** Runs initdb. A directory that an interrupted first start left half done is made anew: nothing was in it yet. */
export async function createCluster(cluster: Cluster): Promise<ClusterSettings> {
  rmSync(cluster.data, { recursive: true, force: true });
  mkdirSync(cluster.data, { recursive: true, mode: 0o700 });
  const settings = { port: await freePort(), superuserPassword: newPassword(), password: newPassword() };
  const passwordFile = path.join(cluster.directory, "initdb-password");
  writeFileSync(passwordFile, settings.superuserPassword, { mode: 0o600 });
  if (cluster.account) {
    for (const file of [cluster.data, passwordFile]) chownSync(file, cluster.account.uid, cluster.account.gid);
  }
  const flags = ["--auth=scram-sha-256", "--encoding=UTF8", "--locale=C", `--username=${superuser}`];
  const files = [`--pgdata=${cluster.data}`, `--pwfile=${passwordFile}`];
  const { command, args, account } = asAccount(cluster.account, cluster.data, cluster.binaries.initdb, [
    ...flags,
    ...files,
  ]);
  try {
    await execute(command, args, { ...account, cwd: "/", env: { ...process.env, LC_ALL: "C" } });
  } finally {
    rmSync(passwordFile, { force: true });
  }
  // Written last: it is what says that the cluster is whole.
  writeSettings(cluster, settings);
  return settings;
}

/** The port is kept from start to start, as long as nothing else took it. */
export function writeSettings(cluster: Cluster, settings: ClusterSettings): void {
  writeFileSync(settingsFile(cluster), JSON.stringify(settings), { mode: 0o600 });
}

function settingsFile(cluster: Cluster): string {
  return path.join(cluster.directory, "cluster.json");
}

/** Hexadecimal, so that it needs no escaping in a URL. */
function newPassword(): string {
  return randomBytes(24).toString("hex");
}
