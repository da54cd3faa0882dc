import { sql } from "drizzle-orm";
import type { DiskView } from "@/contracts/storage";
import { type DiskSpace, diskLevel } from "@/domain/disk";
import type { WorkerContext } from "@/server/context";
import { readDiskSpace } from "@/server/disk-space";

type DiskContext = Pick<WorkerContext, "engine" | "config" | "db">;

/**
 * How full the disks are that the platform fills: the Engine's, that of the data directory and the database's, as far as
 * they are this machine's. Throws engine_unavailable.
 */
export async function readDisks(context: DiskContext): Promise<DiskView[]> {
  const { engine, config } = context;
  const spaces: [DiskView["place"], DiskSpace | null][] = [
    ["engine", await engine.diskSpace()],
    ["data", await readDiskSpace(config.dataDir)],
    ["database", await readDatabaseDisk(context)],
  ];
  return spaces.flatMap(([place, space]) =>
    space ? [{ place, ...space, level: diskLevel(space, config.diskMarks) }] : [],
  );
}

/** PostgreSQL says where its files are to its owner alone, and they may be on another machine. */
async function readDatabaseDisk({ db, config }: DiskContext): Promise<DiskSpace | null> {
  const host = URL.parse(config.databaseUrl?.reveal() ?? "")?.hostname ?? "";
  if (!["", "localhost", "127.0.0.1", "[::1]"].includes(host)) return null;
  const { rows } = await db.execute<{ setting: string }>(
    sql`select setting from pg_settings where name = 'data_directory'`,
  );
  return rows[0] ? readDiskSpace(rows[0].setting) : null;
}
