import { migrate } from "drizzle-orm/node-postgres/migrator";
import { runMigrations } from "graphile-worker";
import type { Db } from "./client";

/** Brings a database to the newest schema: ours from drizzle/, and the job queue's own. Safe to run from several processes. */
export async function migrateDatabase(db: Db, migrationsFolder: string): Promise<void> {
  const lock = await db.$client.connect();
  try {
    await lock.query("select pg_advisory_lock(7103318)");
    await migrate(db, { migrationsFolder });
    await runMigrations({ pgPool: db.$client });
  } finally {
    await lock.query("select pg_advisory_unlock(7103318)").catch(() => undefined);
    lock.release();
  }
}
