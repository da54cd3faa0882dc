/**
 * A database of its own for a test file: a template is migrated once per set of migrations and cloned (CREATE DATABASE
 * ... TEMPLATE takes some 50 ms), so files never see each other's rows. Needs DATABASE_URL with the right to create
 * databases; `describeWithDatabase` skips, and says so, where it is absent.
 */
import { createHash, randomBytes } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import pg from "pg";
import { describe } from "vitest";
import { createDb, type Db } from "@/server/db/client";
import { migrateDatabase } from "@/server/db/migrate";

const migrationsFolder = path.resolve(import.meta.dirname, "../../drizzle");
const adminUrl = process.env.DATABASE_URL;

export const describeWithDatabase: typeof describe.skip = adminUrl
  ? describe
  : (((name: string, ...rest: unknown[]) => {
      process.stderr.write(`skipped, DATABASE_URL is not set: ${name}\n`);
      return (describe.skip as (...all: unknown[]) => void)(name, ...rest);
    }) as typeof describe.skip); // safe because it forwards to describe.skip with the same arguments

export type TestDatabase = { db: Db; url: string; drop(): Promise<void> };

/** Call in beforeAll; call `drop` in afterAll. */
export async function createTestDatabase(): Promise<TestDatabase> {
  if (!adminUrl) throw new Error("DATABASE_URL is not set");
  const template = await ensureTemplate(adminUrl);
  const name = `helvetia_test_${randomBytes(6).toString("hex")}`;
  await admin(adminUrl, (client) => client.query(`create database ${name} template ${template}`));
  const url = withDatabase(adminUrl, name);
  const db = createDb(url, { max: 10, applicationName: "test" });
  return {
    db,
    url,
    async drop() {
      await db.$client.end();
      await admin(adminUrl, (client) => client.query(`drop database if exists ${name} with (force)`));
    },
  };
}

function withDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.toString();
}

async function admin<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** The template is named after the migrations, so that a new migration makes a new one; the lock serialises test files. */
async function ensureTemplate(url: string): Promise<string> {
  const hash = createHash("sha256");
  for (const file of readdirSync(migrationsFolder)
    .filter((entry) => entry.endsWith(".sql"))
    .sort()) {
    hash.update(readFileSync(path.join(migrationsFolder, file)));
  }
  const name = `helvetia_template_${hash.digest("hex").slice(0, 12)}`;
  await admin(url, async (client) => {
    await client.query("select pg_advisory_lock(7103319)");
    const { rowCount } = await client.query("select from pg_database where datname = $1", [name]);
    if (rowCount) return;
    const draft = `${name}_draft`;
    await client.query(`drop database if exists ${draft} with (force)`);
    await client.query(`create database ${draft}`);
    const db = createDb(withDatabase(url, draft), { max: 2, applicationName: "test-template" });
    try {
      await migrateDatabase(db, migrationsFolder);
    } finally {
      await db.$client.end();
    }
    await client.query(`alter database ${draft} rename to ${name}`);
  });
  return name;
}
