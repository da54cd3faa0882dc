import { afterAll, beforeAll, expect, it } from "vitest";
import { createTestDatabase, describeWithDatabase, type TestDatabase } from "@/testing/database";

describeWithDatabase("migrateDatabase", () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  it("makes our tables and the job queue's", async () => {
    const { rows } = await database.db.$client.query<{ name: string }>(
      "select table_schema || '.' || table_name as name from information_schema.tables where table_schema in ('public', 'graphile_worker')",
    );
    const names = rows.map((row) => row.name);
    expect(names).toContain("public.deployments");
    expect(names).toContain("graphile_worker.jobs");
  });

  it("indexes every foreign key", async () => {
    const { rows } = await database.db.$client.query<{ name: string }>(`
      select c.conrelid::regclass || '.' || a.attname as name
      from pg_constraint c
      join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
      where c.contype = 'f' and c.connamespace = 'public'::regnamespace
        and not exists (select from pg_index i where i.indrelid = c.conrelid and i.indkey[0] = c.conkey[1])`);
    expect(rows).toEqual([]);
  });
});
