import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { Secret } from "@/domain/secret";
import { type ChangeEvent, notify } from "@/server/events";
import { createLogger } from "@/server/log";
import { createTestDatabase, describeWithDatabase, type TestDatabase } from "@/testing/database";
import { createListenHub, type ListenHub } from "./listen";

describeWithDatabase("createListenHub", () => {
  let database: TestDatabase;
  let hub: ListenHub;
  const received: ChangeEvent[] = [];
  const event: ChangeEvent = { type: "project", projectId: "prj_1" };

  beforeAll(async () => {
    database = await createTestDatabase();
    hub = createListenHub(new Secret(database.url), "test-listen", createLogger("test", "silent"));
    hub.onEvent((found) => received.push(found));
    await hub.ready;
  });
  afterAll(async () => {
    await hub.close();
    await database.drop();
  });

  it("delivers an event when its transaction commits, and none of one rolled back", async () => {
    await database.db
      .transaction(async (tx) => {
        await notify(tx, { type: "project", projectId: "prj_rolled_back" });
        throw new Error("no");
      })
      .catch(() => undefined);
    await database.db.transaction((tx) => notify(tx, event));
    await vi.waitFor(() => expect(received).toEqual([event]));
  });

  it("connects again after its connection was ended, and says so", async () => {
    const resync = vi.fn();
    hub.onResync(resync);
    received.length = 0;
    await database.db.$client.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'test-listen'",
    );
    await vi.waitFor(() => expect(resync).toHaveBeenCalledOnce(), { timeout: 10_000 });
    await notify(database.db, event);
    await vi.waitFor(() => expect(received).toEqual([event]));
  });
});
