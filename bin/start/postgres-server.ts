/** Starts the embedded PostgreSQL, or takes over the one that a killed supervisor left running. */
import { spawn } from "node:child_process";
import { chmodSync, closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, statSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { CommandError } from "./command-error.mjs";
import { freePort } from "./free-port";
import { isPortFree } from "./port-owner";
import { asAccount, ensurePostgresAccount } from "./postgres-account";
import { findPostgresBinaries } from "./postgres-binaries";
import {
  type Cluster,
  type ClusterSettings,
  createCluster,
  readClusterSettings,
  superuser,
  writeSettings,
} from "./postgres-cluster";
import { ensureDatabase } from "./postgres-database";
import { processCommand, processStart } from "./process-table";
import { tailOf } from "./tail-of";

export type PostgresServer = {
  /** As the instance's own role, which owns its database and is no superuser. */
  databaseUrl: string;
  superuserUrl: string;
  /** Its postmaster. */
  pid: number;
  origin: "created" | "started" | "adopted";
};

type Options = {
  directory: string;
  /** Further settings as name=value, such as fsync=off for tests. */
  settings?: string[];
};

const startTimeoutMs = 60_000;

/** Throws a CommandError with the end of PostgreSQL's log where it does not start. */
export async function startPostgres({ directory, settings = [] }: Options): Promise<PostgresServer> {
  const cluster = await openCluster(directory);
  const known = readClusterSettings(cluster);
  const running = known && (await findRunning(cluster, known));
  if (running) return { ...(await describe(running.settings)), pid: running.pid, origin: "adopted" };

  const kept = known ?? (await createCluster(cluster));
  const port = (await isPortFree("127.0.0.1", kept.port)) ? kept.port : await freePort();
  const current = { ...kept, port };
  writeSettings(cluster, current);
  removeStalePidFile(cluster);
  const pid = launch(cluster, port, settings);
  await waitUntilReady(cluster, current, pid);
  return { ...(await describe(current)), pid, origin: known ? "started" : "created" };
}

/** Fast shutdown (SIGINT): sessions are ended, what was committed is safe. Resolves when it is gone. */
export async function stopPostgres(pid: number): Promise<void> {
  const start = processStart(pid);
  if (start === null) return;
  process.kill(pid, "SIGINT");
  while (processStart(pid) === start) await sleep(50);
}

async function openCluster(directory: string): Promise<Cluster> {
  mkdirSync(directory, { recursive: true });
  // The account that PostgreSQL runs as passes through to data/, and sees nothing else in here.
  chmodSync(directory, 0o711);
  const account = await ensurePostgresAccount();
  const binaries = await findPostgresBinaries(account);
  return {
    directory,
    data: path.join(directory, "data"),
    logFile: path.join(directory, "postgres.log"),
    account,
    binaries,
  };
}

async function describe(settings: ClusterSettings) {
  const superuserUrl = urlOf(superuser, settings.superuserPassword, settings.port, "postgres");
  const database = await ensureDatabase(superuserUrl, settings.password);
  return { superuserUrl, databaseUrl: urlOf(database, settings.password, settings.port, database) };
}

function urlOf(user: string, password: string, port: number, database: string): string {
  return `postgres://${user}:${password}@127.0.0.1:${port}/${database}`;
}

/** Detached, in a session of its own: Ctrl-C in the terminal must not stop it before those who use it. */
function launch(cluster: Cluster, port: number, settings: string[]): number {
  const all = ["listen_addresses=127.0.0.1", "unix_socket_directories=", "log_timezone=UTC", ...settings];
  const { command, args, account } = asAccount(cluster.account, cluster.data, cluster.binaries.postgres, [
    "-D",
    cluster.data,
    "-p",
    String(port),
    ...all.flatMap((setting) => ["-c", setting]),
  ]);
  const log = openSync(cluster.logFile, "a");
  const child = spawn(command, args, {
    ...account,
    cwd: "/",
    detached: true,
    stdio: ["ignore", log, log],
    env: { ...process.env, LC_ALL: "C" },
  });
  child.on("error", () => undefined); // No pid then, and the wait below says so.
  child.unref();
  closeSync(log);
  return child.pid ?? 0;
}

async function waitUntilReady(cluster: Cluster, settings: ClusterSettings, pid: number): Promise<void> {
  const logStart = existsSync(cluster.logFile) ? Math.max(0, statSync(cluster.logFile).size - 4000) : 0;
  const deadline = performance.now() + startTimeoutMs;
  while (processStart(pid) !== null && performance.now() < deadline) {
    if (await answers(cluster, settings)) return;
    await sleep(50);
  }
  throw new CommandError(
    `PostgreSQL did not start:\n${tailOf(cluster.logFile, logStart)}`,
    `Its log is ${cluster.logFile}. To use a server of your own set DATABASE_URL.`,
  );
}

/** Whether the server at our port is this cluster's: another one could have taken the port. */
async function answers(cluster: Cluster, settings: ClusterSettings): Promise<boolean> {
  const client = new pg.Client({
    connectionString: urlOf(superuser, settings.superuserPassword, settings.port, "postgres"),
    connectionTimeoutMillis: 2000,
  });
  client.on("error", () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ data_directory: string }>("show data_directory");
    return rows[0]?.data_directory === cluster.data;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** postmaster.pid holds, a line each: pid, data directory, start time, port (PostgreSQL's miscadmin.h, LOCK_FILE_LINE_*). */
async function findRunning(
  cluster: Cluster,
  settings: ClusterSettings,
): Promise<{ pid: number; settings: ClusterSettings } | null> {
  const lines = readPidFile(cluster);
  const pid = Number(lines?.[0]);
  if (!lines || !pid) return null;
  const running = { ...settings, port: Number(lines[3]) || settings.port };
  const deadline = performance.now() + startTimeoutMs;
  // It may be on its way up (recovery after a crash) or down: both end.
  while (processCommand(pid)?.includes(cluster.data) && performance.now() < deadline) {
    if (await answers(cluster, running)) return { pid, settings: running };
    await sleep(100);
  }
  return null;
}

/** PostgreSQL takes any living process of that pid for a server, also one that got the number after a crash. */
function removeStalePidFile(cluster: Cluster): void {
  const pid = Number(readPidFile(cluster)?.[0]);
  if (pid && !processCommand(pid)?.includes("postgres")) rmSync(pidFile(cluster), { force: true });
}

function readPidFile(cluster: Cluster): string[] | null {
  return existsSync(pidFile(cluster)) ? readFileSync(pidFile(cluster), "utf8").split("\n") : null;
}

function pidFile(cluster: Cluster): string {
  return path.join(cluster.data, "postmaster.pid");
}
