/** The drizzle client. One pool a process; transactions are `db.transaction(async (tx) => ...)`. */
import { drizzle, type NodePgDatabase } from "drizzle-orm/node-postgres";
import pg from "pg";
import * as schema from "./schema";

export type Schema = typeof schema;
export type Db = NodePgDatabase<Schema> & { $client: pg.Pool };
/** A transaction, or the client itself where none is needed: what use-cases take for reading and writing. */
export type Tx = Parameters<Parameters<Db["transaction"]>[0]>[0];

/** `max`: connections of the pool. The caller ends it with `db.$client.end()`. */
export function createDb(databaseUrl: string, options: { max: number; applicationName: string }): Db {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: options.max,
    application_name: options.applicationName,
    idleTimeoutMillis: 30_000,
    connectionTimeoutMillis: 10_000,
  });
  // A connection that dies while idle (PostgreSQL restarted) is dropped by the pool; without a listener it would end the process.
  pool.on("error", () => undefined);
  // Likewise one that dies while it is checked out: its query rejects, which is where the error belongs.
  pool.on("connect", (client) => client.on("error", () => undefined));
  return drizzle({ client: pool, schema });
}
