/** A database of its own beside the instance's, on the same server, as large as the platform is promised to cope with. */
import { randomBytes } from "node:crypto";
import path from "node:path";
import pg from "pg";
import { Secret } from "@/domain/secret";
import { createDb, type Db } from "@/server/db/client";
import { migrateDatabase } from "@/server/db/migrate";
import { createOwner } from "@/server/services/instance/create-owner";
import type { ScaleWorld } from "@/testing/scale/api-queries";
import { largeScale } from "@/testing/scale/scale-size";
import { seedScale } from "@/testing/scale/seed-scale";
import { makeServiceContext } from "@/testing/service-context";

export type ScaleDatabase = {
  db: Db;
  url: string;
  world: ScaleWorld;
  owner: { email: string; password: string };
  /** Removes it. */
  drop(): Promise<void>;
};

/** `adminUrl`: of a superuser. */
export async function createScaleDatabase(adminUrl: string, say: (text: string) => void): Promise<ScaleDatabase> {
  const name = `helvetia_scale_${randomBytes(4).toString("hex")}`;
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  await administer(adminUrl, `create database ${name}`);
  const db = createDb(url.href, { max: 4, applicationName: "bench" });
  const drop = async () => {
    await db.$client.end();
    await administer(adminUrl, `drop database ${name} with (force)`);
  };
  try {
    await migrateDatabase(db, path.resolve("drizzle"));
    const owner = { email: "owner@example.com", password: randomBytes(12).toString("base64url") };
    const account = { email: owner.email, password: new Secret(owner.password) };
    const { userId, organizationId } = await createOwner(makeServiceContext(db), account);
    const world = { userId, organizationId, size: largeScale };
    await seedScale(db, world, largeScale, say);
    return { db, url: url.href, world, owner, drop };
  } catch (error) {
    await drop();
    throw error;
  }
}

async function administer(adminUrl: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
