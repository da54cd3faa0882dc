/**
 * Speed is measured by `npm run bench -- scale`. Here a database of middle size shows what it rests on, the same way every
 * time: no query of the API walks through a large table, and none reads many times the rows that it answers with.
 */
import { drizzle } from "drizzle-orm/node-postgres";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { appRouter } from "@/server/api/root";
import { createCallerFactory } from "@/server/api/trpc";
import * as schema from "@/server/db/schema";
import type { Asker } from "@/server/services/access/find-organization-access";
import { createTestDatabase, describeWithDatabase, type TestDatabase } from "@/testing/database";
import { makeMember, makeOrganization } from "@/testing/factories";
import { makeServiceContext } from "@/testing/service-context";
import type { ScaleWorld } from "./api-queries";
import { explain, type Statement } from "./explain";
import { type QuerySeries, querySeries } from "./query-series";
import type { ScaleSize } from "./scale-size";
import { seedScale } from "./seed-scale";

const size: ScaleSize = {
  ...{ projects: 40, services: 1_000, servicesInFirstProject: 200 },
  ...{ deployments: 60_000, deploymentsOfFirstService: 20_000, queued: 20, eventsEach: 10, logChunks: 400 },
  ...{ strays: 1_500, cleanups: 1_500, cleanupItems: 2_000, sessions: 50 },
  ...{ members: 1_500, invitations: 1_500, auditEntries: 20_000 },
};

/** Rows; what walks through all of a table with more is wrong. */
const smallTable = 1_500 - 1;
/** Of one table in one statement. Above a page of the largest project's services, below any table that grows. */
const mostRows = 2_500;
/** Reports of cleanups are kept for 90 days, and what they did is counted as they are shown. */
const mostItems = 20_000;
const callsEach = 3;

describeWithDatabase("a large database", () => {
  const world: ScaleWorld = { organizationId: "", userId: "", size };
  const statements: Statement[] = [];
  const tableRows = new Map<string, number>();
  let database: TestDatabase;
  let client: pg.Client;
  let call: (path: string, input: unknown) => Promise<unknown>;

  beforeAll(async () => {
    database = await createTestDatabase();
    world.organizationId = (await makeOrganization(database.db)).id;
    const { user, session } = await makeMember(database.db, world.organizationId, "owner");
    world.userId = user.id;
    await seedScale(database.db, world, size);
    client = new pg.Client({ connectionString: database.url });
    await client.connect();
    const { rows } = await client.query<{ name: string; rows: number }>(
      "select relname as name, reltuples as rows from pg_class where relkind = 'r'",
    );
    for (const row of rows) tableRows.set(row.name, row.rows);
    const logQuery = (query: string, params: unknown[]) => void statements.push({ query, params });
    const db = drizzle({ client: database.db.$client, schema, logger: { logQuery } });
    const actor = { type: "user" as const, userId: user.id, sessionId: session.id, address: null };
    const asker: Asker = { ...actor, roles: { [world.organizationId]: "owner" } };
    const shutdown = new AbortController().signal;
    const caller = createCallerFactory(appRouter)({
      ...makeServiceContext(db),
      ...{ requestId: "test", shutdown, findActor: async () => asker },
    });
    call = (path, input) => {
      const procedure = path.split(".").reduce<unknown>((part, name) => Reflect.get(part as object, name), caller); // safe because the path is the router's own
      return (procedure as (input: unknown) => Promise<unknown>)(input); // safe because a path ends at a procedure
    };
  });
  afterAll(async () => {
    await client?.end();
    await database.drop();
  });

  async function statementsOf({ path, input }: QuerySeries): Promise<Statement[]> {
    statements.length = 0;
    for (let n = 0, before: unknown = null; n < callsEach; n += 1) {
      before = await call(path, input(n, before));
      if (path.endsWith("list"))
        expect(before).toMatchObject(path === "variable.list" ? {} : { items: expect.anything() });
    }
    return statements.splice(0);
  }

  it("has more rows than a query may read, in every table that grows", () => {
    const growing = [
      "deployments",
      "deployment_phases",
      "log_sources",
      "log_chunks",
      "service_events",
      "cleanup_items",
    ];
    for (const table of growing) expect([table, (tableRows.get(table) ?? 0) > mostRows]).toEqual([table, true]);
  });

  describe.each(querySeries(world))("$path, $name", (series) => {
    it("reads along indexes, and little more than it answers", async () => {
      for (const statement of await statementsOf(series)) {
        const reads = await explain(client, statement);
        const wrong = reads.filter(
          ({ table, how, rows }) =>
            rows > (table === "cleanup_items" ? mostItems : mostRows) ||
            (how === "Seq Scan" && (tableRows.get(table) ?? 0) > smallTable),
        );
        expect({ wrong, query: statement.query }).toEqual({ wrong: [], query: statement.query });
      }
    });
  });
});
