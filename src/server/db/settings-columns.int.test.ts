import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { deployments, services } from "@/server/db/schema";
import { createTestDatabase, describeWithDatabase, type TestDatabase } from "@/testing/database";
import { defaultRuntime, makeDeployment, makeOrganization, makeProject, makeService } from "@/testing/factories";

describeWithDatabase("settings of earlier versions", () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  it("come out of rows complete, and what is stored now comes out as it went in", async () => {
    const { db } = database;
    const organization = await makeOrganization(db);
    const service = await makeService(db, await makeProject(db, organization.id));
    const deployment = await makeDeployment(db, service);
    await db.execute(sql`update services set runtime = runtime - 'readOnlyRoot'`);
    await db.execute(sql`update deployments set snapshot = snapshot #- '{runtime,readOnlyRoot}'`);
    const [old] = await db.select().from(services).where(eq(services.id, service.id));
    const [frozen] = await db.select().from(deployments).where(eq(deployments.id, deployment.id));
    expect(old?.runtime).toEqual(defaultRuntime);
    expect(frozen?.snapshot.runtime).toEqual(defaultRuntime);

    const runtime = { ...defaultRuntime, readOnlyRoot: true };
    const [updated] = await db.update(services).set({ runtime }).where(eq(services.id, service.id)).returning();
    expect(updated?.runtime).toEqual(runtime);
  });
});
