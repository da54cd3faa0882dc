import { chmodSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { afterEach, beforeEach, expect, it } from "vitest";
import { startPostgres, stopPostgres } from "./postgres-server";
import { processStart } from "./process-table";

const settings = ["fsync=off"];
let parent: string;
let directory: string;
let pids: number[];

beforeEach(() => {
  parent = mkdtempSync(path.join(tmpdir(), "helvetia-postgres-"));
  directory = path.join(parent, "postgres");
  pids = [];
});

afterEach(async () => {
  await Promise.all(pids.map(stopPostgres));
  rmSync(parent, { recursive: true, force: true });
});

async function start() {
  const server = await startPostgres({ directory, settings });
  pids.push(server.pid);
  return server;
}

async function ask(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query({ text: sql, rowMode: "array" })).rows[0] ?? [];
  } finally {
    await client.end();
  }
}

it("makes a cluster whose files and role are closed, also below a directory that other users cannot enter", async () => {
  chmodSync(parent, 0o700);
  const server = await start();
  expect(server.origin).toBe("created");
  expect(await ask(server.databaseUrl, "select current_setting('is_superuser'), version()")).toEqual([
    "off",
    expect.stringMatching(/^PostgreSQL 16\./),
  ]);
  expect(statSync(path.join(directory, "cluster.json")).mode & 0o777).toBe(0o600);
  const wrong = new URL(server.databaseUrl);
  wrong.password = "guess";
  await expect(ask(wrong.toString(), "select 1")).rejects.toThrow(/password authentication failed/);
});

it("keeps data and port over a clean stop", async () => {
  const first = await start();
  await ask(first.databaseUrl, "create table kept as select 7 as number");
  await stopPostgres(first.pid);
  const second = await start();
  expect(second).toMatchObject({ origin: "started", databaseUrl: first.databaseUrl });
  expect(await ask(second.databaseUrl, "select number from kept")).toEqual([7]);
});

it("takes over a server that is still running", async () => {
  const first = await start();
  expect(await start()).toMatchObject({ origin: "adopted", pid: first.pid, databaseUrl: first.databaseUrl });
});

it("starts after a kill, with the pid file still there", async () => {
  const first = await start();
  process.kill(first.pid, "SIGKILL");
  await expect.poll(() => processStart(first.pid), { timeout: 10_000 }).toBeNull();
  expect(await start()).toMatchObject({ origin: "started", databaseUrl: first.databaseUrl });
});
