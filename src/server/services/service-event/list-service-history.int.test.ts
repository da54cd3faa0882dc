import { afterAll, beforeAll, expect, it } from "vitest";
import { createTestDatabase, describeWithDatabase, type TestDatabase } from "@/testing/database";
import { makeDeployment, makeMember, makeOrganization, makeProject, makeService } from "@/testing/factories";
import { listServiceHistory } from "./list-service-history";
import { recordServiceEvent } from "./record-service-event";

const at = (minute: number) => new Date(Date.UTC(2026, 1, 1, 10, minute));

describeWithDatabase("listServiceHistory", () => {
  let database: TestDatabase;
  let service: Awaited<ReturnType<typeof makeService>>;
  let byUserId: string;
  beforeAll(async () => {
    database = await createTestDatabase();
    const { db } = database;
    const organization = await makeOrganization(db);
    byUserId = (await makeMember(db, organization.id, "owner")).user.id;
    service = await makeService(db, await makeProject(db, organization.id));
  });
  afterAll(() => database.drop());

  it("merges deployments and events by time, page by page, and names who did it", async () => {
    const { db } = database;
    const place = { serviceId: service.id, projectId: service.projectId };
    const container = { container: "web-0", replica: 0, releaseId: "dep_a" };
    for (const number of [1, 2, 3]) await makeDeployment(db, service, { number, createdAt: at(number * 10) });
    const exit = { kind: "exited" as const, details: { ...container, exitCode: 1, signal: null } };
    for (const minute of [12, 15, 30])
      await recordServiceEvent(db, { ...place, ...exit, at: at(minute), key: `${minute}` });
    await recordServiceEvent(db, { ...place, kind: "service_stopped", details: { byUserId }, at: at(40), key: "stop" });
    const other = await makeService(db, await makeProject(db, (await makeOrganization(db)).id));
    await makeDeployment(db, other, { createdAt: at(11) });

    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof listServiceHistory>> = await listServiceHistory(
        { db },
        { serviceId: service.id, cursor, limit: 2 },
      );
      expect(page.items.length).toBeLessThanOrEqual(2);
      seen.push(...page.items.map((item) => (item.type === "event" ? item.event.kind : `#${item.deployment.number}`)));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(seen).toEqual(["service_stopped", "exited", "#3", "#2", "exited", "exited", "#1"]);

    const [first] = (await listServiceHistory({ db }, { serviceId: service.id, limit: 1 })).items;
    expect(first).toMatchObject({ type: "event", event: { byName: expect.any(String) } });
  });
});
