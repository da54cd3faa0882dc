import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createDb, type Db } from "@/server/db/client";
import { createTestDatabase, describeWithDatabase, type TestDatabase } from "@/testing/database";
import { makeOrganization, makeProject, makeService } from "@/testing/factories";
import { makeServiceContext } from "@/testing/service-context";
import { listOrganizationServices } from "./list-organization-services";
import { listServices } from "./list-services";

const servicesEach = 20;
const projectsEach = 10;

// A fresh instance has no statistics, and its small tables never get any: what a list reads must not hang on them.
describeWithDatabase("what a page of services reads", () => {
  let database: TestDatabase;
  let db: Db;
  let projectId: string;
  let organizationId: string;
  beforeAll(async () => {
    database = await createTestDatabase();
    [organizationId, projectId] = await fill();
    // Newer than all of the listed one's: in the way of whoever walks along the time alone.
    await fill();
  });
  afterAll(() => database.drop());

  /** An organization with its services; answers with it and one of its projects. */
  async function fill(): Promise<[string, string]> {
    const organization = await makeOrganization(database.db);
    let last = "";
    for (let index = 0; index < projectsEach; index += 1) {
      const place = await makeProject(database.db, organization.id);
      for (let service = 0; service < servicesEach; service += 1) await makeService(database.db, place);
      last = place.project.id;
    }
    return [organization.id, last];
  }

  /** Rows of `services` that were read in the transaction that is open. */
  async function rowsRead(): Promise<number> {
    const { rows } = await db.execute<{ read: string }>(sql`
      select seq_tup_read + idx_tup_fetch as read from pg_stat_xact_user_tables where relname = 'services'`);
    return Number(rows[0]?.read);
  }

  for (const statistics of ["without", "with"]) {
    describe(`${statistics} statistics`, () => {
      beforeAll(async () => {
        if (statistics === "with") await database.db.execute(sql`analyze`);
      });
      // One connection, so that the counters, which are a transaction's own, are those of the list.
      beforeEach(async () => {
        db = createDb(database.url, { max: 1, applicationName: "test", planOnce: true });
        await db.execute(sql`begin`);
        return () => db.$client.end();
      });

      it("is the page of an organization and the one row that says whether there is another", async () => {
        const page = await listOrganizationServices(makeServiceContext(db), { organizationId, limit: 10 });
        expect(page.items).toHaveLength(10);
        expect(await rowsRead()).toBe(11);
      });

      it("is the page of a project and the one row that says whether there is another", async () => {
        const page = await listServices(makeServiceContext(db), { projectId, limit: 10 });
        expect(page.items).toHaveLength(10);
        expect(await rowsRead()).toBe(11);
      });
    });
  }

  it("never has a service of another organization's project: the database refuses such a row", async () => {
    const place = await makeProject(database.db, organizationId);
    const other = await makeOrganization(database.db);
    const row = makeService(database.db, place, { organizationId: other.id });
    await expect(row).rejects.toMatchObject({
      cause: { constraint: "services_project_id_organization_id_projects_fk" },
    });
  });
});
