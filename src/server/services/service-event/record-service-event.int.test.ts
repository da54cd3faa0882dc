import { afterAll, beforeAll, expect, it } from "vitest";
import { serviceEvents } from "@/server/db/schema";
import { createTestDatabase, describeWithDatabase, type TestDatabase } from "@/testing/database";
import { makeOrganization, makeProject, makeService } from "@/testing/factories";
import { recordServiceEvent } from "./record-service-event";

describeWithDatabase("recordServiceEvent", () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  it("keeps an event once, however often it is seen, and takes it back with the change that it tells of", async () => {
    const { db } = database;
    const place = await makeProject(db, (await makeOrganization(db)).id);
    const service = await makeService(db, place);
    const container = { container: "web-0", replica: 0, releaseId: "dep_a" };
    const event = {
      kind: "exited" as const,
      details: { ...container, exitCode: 1, signal: null },
      serviceId: service.id,
      projectId: service.projectId,
      at: new Date("2026-02-01T10:00:00Z"),
      key: "exited:web-0:1",
    };
    expect(await recordServiceEvent(db, event)).toBe(true);
    expect(await recordServiceEvent(db, { ...event, at: new Date() })).toBe(false);
    const undone = db.transaction(async (tx) => {
      await recordServiceEvent(tx, { ...event, key: "exited:web-0:2" });
      throw new Error("undone");
    });
    await expect(undone).rejects.toThrow("undone");
    const rows = await db.select().from(serviceEvents);
    expect(rows).toMatchObject([{ kind: "exited", at: event.at, details: { container: "web-0", exitCode: 1 } }]);
  });
});
