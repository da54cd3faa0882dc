import { setTimeout as sleep } from "node:timers/promises";
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { leases } from "@/server/db/schema";
import { createLogger } from "@/server/log";
import { createTestDatabase, describeWithDatabase, type TestDatabase } from "@/testing/database";
import { acquireLease, extendLease, LeaseLost, releaseLease } from "./lease";
import { withLease } from "./with-lease";

describeWithDatabase("leases", () => {
  let database: TestDatabase;
  const signal = new AbortController().signal;
  const context = (holder: string, leaseTtlMs = 60_000) => ({
    db: database.db,
    holder,
    log: createLogger("test", "silent"),
    config: { deploy: { leaseTtlMs } },
  });
  const lapse = (key: string) =>
    database.db.update(leases).set({ expiresAt: sql`clock_timestamp()` }).where(eq(leases.key, key));

  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  it("one of many who ask at once gets it", async () => {
    const asked = Array.from({ length: 8 }, (_, n) => acquireLease(database.db, "many", `worker-${n}`, 60_000));
    expect((await Promise.all(asked)).filter((token) => token !== null)).toEqual([1]);
  });

  it("is exclusive within one worker too, and free again after its release, with a higher number", async () => {
    const { db } = database;
    expect(await acquireLease(db, "own", "a", 60_000)).toBe(1);
    expect(await acquireLease(db, "own", "a", 60_000)).toBeNull();
    await releaseLease(db, "own", 1);
    expect(await acquireLease(db, "own", "b", 60_000)).toBe(2);
  });

  it("a lapsed one goes to the next; the old holder can neither extend nor release it", async () => {
    const { db } = database;
    await acquireLease(db, "lapsed", "a", 60_000);
    await lapse("lapsed");
    expect(await extendLease(db, "lapsed", 1, 60_000)).toBe(false);
    expect(await acquireLease(db, "lapsed", "b", 60_000)).toBe(2);
    await releaseLease(db, "lapsed", 1);
    expect(await acquireLease(db, "lapsed", "c", 60_000)).toBeNull();
  });

  it("is renewed while work goes on, beyond its own length", async () => {
    const done = await withLease(context("a", 400), "renewed", signal, async (lease) => {
      await sleep(1_000);
      await lease.confirm();
      return acquireLease(database.db, "renewed", "b", 60_000);
    });
    expect(done).toEqual({ held: true, result: null });
    expect(await acquireLease(database.db, "renewed", "b", 60_000)).toBe(2);
  });

  it("does nothing where somebody else holds it", async () => {
    await acquireLease(database.db, "busy", "b", 60_000);
    const work = () => Promise.reject(new Error("must not run"));
    expect(await withLease(context("a"), "busy", signal, work)).toEqual({ held: false });
  });

  it("its loss aborts the work, and nothing is given back that another one holds", async () => {
    const work = withLease(context("a", 400), "lost", signal, async (lease) => {
      await lapse("lost");
      await acquireLease(database.db, "lost", "b", 60_000);
      await sleep(5_000, undefined, { signal: lease.signal }).catch(() => undefined);
      lease.signal.throwIfAborted();
    });
    await expect(work).rejects.toBeInstanceOf(LeaseLost);
    const [row] = await database.db.select().from(leases).where(eq(leases.key, "lost"));
    expect(row).toMatchObject({ holder: "b", token: 2 });
  });

  it("an abort of the caller reaches the work and gives the lease back", async () => {
    const abort = new AbortController();
    const reason = new Error("shutting down");
    const work = withLease(context("a"), "aborted", abort.signal, async (lease) => {
      abort.abort(reason);
      lease.signal.throwIfAborted();
    });
    await expect(work).rejects.toBe(reason);
    expect(await acquireLease(database.db, "aborted", "b", 60_000)).toBe(2);
  });
});
