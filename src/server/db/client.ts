/** The drizzle client. One pool a process; transactions are `db.transaction(async (tx) => ...)`. */
import { drizzle, type NodePgDatabase } from "drizzle-orm/node-postgres";
import pg from "pg";
import * as schema from "./schema";

export type Schema = typeof schema;
export type Db = NodePgDatabase<Schema> & { $client: pg.Pool };
/** A transaction, or the client itself where none is needed: what use-cases take for reading and writing. */
export type Tx = Parameters<Parameters<Db["transaction"]>[0]>[0];

export type DbOptions = {
  /** Connections of the pool. */
  max: number;
  /** As pg_stat_activity shows it. */
  applicationName: string;
  /**
   * Plan a prepared statement once a connection. For a process whose statements are all lookups and pages along an
   * index: left to itself PostgreSQL plans a page anew for every call, which costs more than reading it.
   */
  planOnce?: boolean;
};

/** The caller ends its pool with `db.$client.end()`. */
export function createDb(databaseUrl: string, options: DbOptions): Db {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: options.max,
    application_name: options.applicationName,
    ...(options.planOnce && { options: "-c plan_cache_mode=force_generic_plan" }),
    idleTimeoutMillis: 30_000,
    connectionTimeoutMillis: 10_000,
  });
  // A connection that dies while idle (PostgreSQL restarted) is dropped by the pool; without a listener it would end the process.
  pool.on("error", () => undefined);
  // Likewise one that dies while it is checked out: its query rejects, which is where the error belongs.
  pool.on("connect", (client) => client.on("error", () => undefined));
  return drizzle({ client: pool, schema });
}
