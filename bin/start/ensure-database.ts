import path from "node:path";
import { createDb } from "@/server/db/client";
import { migrateDatabase } from "@/server/db/migrate";
import { CommandError } from "./command-error.mjs";
import { keepPostgres } from "./keep-postgres";
import type { Instance } from "./prepare-instance";
import { formatDuration } from "./progress.mjs";

export type Database = { url: string; detail: string; stop: () => Promise<void> };

/** The embedded PostgreSQL, or the server that DATABASE_URL names. */
export async function ensureDatabase(instance: Instance, say: (text: string) => void): Promise<Database> {
  const given = instance.config.databaseUrl?.reveal();
  if (given !== undefined)
    return { url: given, detail: `${withoutPassword(given)} (DATABASE_URL)`, stop: async () => {} };
  const postgres = await keepPostgres(path.join(instance.config.dataDir, "postgres"), say);
  const { port } = new URL(postgres.databaseUrl);
  return {
    url: postgres.databaseUrl,
    detail: { created: `new, on port ${port}`, started: `on port ${port}`, adopted: `still running on port ${port}` }[
      postgres.origin
    ],
    stop: postgres.stop,
  };
}

/** Brings the database to the newest schema. Throws a CommandError where it does not answer or refuses. */
export async function migrate(root: string, url: string): Promise<string> {
  const startedAt = performance.now();
  const db = createDb(url, { max: 2, applicationName: "helvetia-migrate" });
  try {
    await migrateDatabase(db, path.join(root, "drizzle"));
    return `schema current, ${formatDuration(performance.now() - startedAt)}`;
  } catch (error) {
    const { message, cause } = error as Error; // safe because drivers reject with errors
    throw new CommandError(
      `The database at ${withoutPassword(url)} could not be brought to the newest schema: ${cause instanceof Error ? cause.message : message}.`,
      "Check DATABASE_URL, that the server runs, and that its role owns the database.",
    );
  } finally {
    await db.$client.end();
  }
}

function withoutPassword(url: string): string {
  try {
    const { host, pathname } = new URL(url);
    return `${host}${pathname}`;
  } catch {
    return "DATABASE_URL";
  }
}
