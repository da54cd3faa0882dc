/** How the web learns that workers come and go: by hints of a real LISTEN connection, and by what the tables say. */
import { sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { Secret } from "@/domain/secret";
import { createListenHub, type ListenHub } from "@/server/db/listen";
import { createLogger } from "@/server/log";
import { watchPlatform } from "@/server/services/platform/watch-platform";
import { createTestDatabase, describeWithDatabase, type TestDatabase } from "@/testing/database";
import { makeServiceContext } from "@/testing/service-context";
import { announceLostWorker } from "./announce-lost-worker";
import { beat, deadAfterMs, isWorkerRunning, readWorkerLapse, stopBeating } from "./heartbeat";

describeWithDatabase("the news of a worker", () => {
  const actor = { type: "user" as const, userId: "usr_1", sessionId: "ses_1", address: null };
  const heartbeat = { queueWorkers: [], buildSlots: 2 };
  let database: TestDatabase;
  let hub: ListenHub;
  let stop: AbortController;
  const hints = vi.fn();

  beforeAll(async () => {
    database = await createTestDatabase();
    hub = createListenHub(new Secret(database.url), "test-listen", createLogger("test", "silent"));
    hub.onEvent(({ type }) => hints(type));
    await hub.ready;
  });
  afterAll(async () => {
    await hub.close();
    await database.drop();
  });
  beforeEach(async () => {
    await database.db.execute(sql`delete from instance_facts`);
    await settle();
    stop = new AbortController();
  });
  afterEach(() => stop.abort());

  /** Every hint sent before has arrived, for hints come in order; forgets them. */
  async function settle(): Promise<string[]> {
    await database.db.execute(sql`select pg_notify('helvetia', '{"type":"slot-wanted"}')`);
    await vi.waitFor(() => expect(hints).toHaveBeenLastCalledWith("slot-wanted"));
    const seen = hints.mock.calls.flat().slice(0, -1);
    hints.mockClear();
    return seen;
  }
  const age = (ms: number) =>
    database.db.execute(sql`update instance_facts set at = at - ${ms}::int * interval '1 millisecond'`);
  const context = () => makeServiceContext(database.db, { changes: hub });

  it("is told when one begins, when it ends, and when it comes back from the dead; not at every sign of life", async () => {
    await beat(database.db, "one", heartbeat);
    expect(await settle()).toEqual(["worker"]);
    await beat(database.db, "one", heartbeat);
    expect(await settle()).toEqual([]);
    await age(deadAfterMs + 1_000);
    await beat(database.db, "one", heartbeat);
    expect(await settle()).toEqual(["worker"]);
    await stopBeating(database.db, "one");
    expect(await settle()).toEqual(["worker"]);
  });

  it("knows when the newest sign of life lapses", async () => {
    expect(await readWorkerLapse(database)).toBeNull();
    await beat(database.db, "old", heartbeat);
    await age(deadAfterMs - 5_000);
    await beat(database.db, "new", heartbeat);
    const lapseMs = (await readWorkerLapse(database)) ?? 0;
    expect(lapseMs).toBeGreaterThan(5_000);
    expect(lapseMs).toBeLessThanOrEqual(deadAfterMs);
    await age(deadAfterMs);
    expect(await readWorkerLapse(database)).toBeNull();
  });

  it("reaches a page when the last worker was killed, and when another one begins", async () => {
    const watching = announceLostWorker(context(), stop.signal);
    const ticks = watchPlatform({ ...context(), actor }, stop.signal);
    const next = async () => (await ticks.next()).value?.type;
    expect(await next()).toBe("connected");

    await beat(database.db, "killed", heartbeat);
    expect(await next()).toBe("worker");
    expect(await isWorkerRunning(database)).toBe(true);

    // Dead in a moment; the hint has the watch look at it anew, as it would have at the next sign of life.
    await age(deadAfterMs - 200);
    await database.db.execute(sql`select pg_notify('helvetia', '{"type":"worker"}')`);
    do expect(await next()).toBe("worker");
    while (await isWorkerRunning(database));

    await beat(database.db, "another", heartbeat);
    expect(await next()).toBe("worker");
    expect(await isWorkerRunning(database)).toBe(true);
    stop.abort();
    await watching;
  });
});
