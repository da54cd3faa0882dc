/** Looks into a running instance from its data directory: its processes and its embedded database. */
import { readFileSync } from "node:fs";
import path from "node:path";
import pg from "pg";

/** Process id of a part of the platform; null while it is being started again. */
export function instancePid(dataDirectory: string, name: "worker" | "edge" | "web" | "postgres"): number | null {
  try {
    if (name === "postgres") {
      const [pid] = readFileSync(path.join(dataDirectory, "postgres/data/postmaster.pid"), "utf8").split("\n");
      return Number(pid);
    }
    const { pid } = JSON.parse(readFileSync(path.join(dataDirectory, "run", `${name}.json`), "utf8")) as {
      pid: number;
    }; // safe because the supervisor writes it
    return pid;
  } catch {
    return null;
  }
}

/** The build that the instance runs: the directory that holds worker.mjs and web/. */
export function instanceBuild(dataDirectory: string): string {
  const command = readFileSync(`/proc/${instancePid(dataDirectory, "worker")}/cmdline`, "utf8").split("\0");
  const script = command.find((part) => part.endsWith("worker.mjs"));
  if (script === undefined) throw new Error(`the worker was started by ${command.join(" ")}`);
  return path.dirname(script);
}

/** Of the superuser of its embedded PostgreSQL. */
export function instanceAdminUrl(dataDirectory: string): string {
  const { port, superuserPassword } = JSON.parse(
    readFileSync(path.join(dataDirectory, "postgres/cluster.json"), "utf8"),
  ) as { port: number; superuserPassword: string }; // safe because createCluster writes it
  return `postgres://postgres:${superuserPassword}@127.0.0.1:${port}/postgres`;
}

/** On a connection of its own each time, since PostgreSQL may come and go. */
export async function queryInstance<R extends pg.QueryResultRow>(dataDirectory: string, sql: string): Promise<R[]> {
  const cluster = JSON.parse(readFileSync(path.join(dataDirectory, "postgres/cluster.json"), "utf8")) as {
    port: number;
    password: string;
  }; // safe because createCluster writes it
  const connectionString = `postgres://helvetia:${cluster.password}@127.0.0.1:${cluster.port}/helvetia`;
  const client = new pg.Client({ connectionString });
  try {
    await client.connect();
    return (await client.query<R>(sql)).rows;
  } finally {
    await client.end().catch(() => undefined);
  }
}
