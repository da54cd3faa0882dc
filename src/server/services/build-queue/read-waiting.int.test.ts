/** What people see of the queue: their place, and who is in their way. */
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import type { OrganizationContext } from "@/server/context";
import { leases } from "@/server/db/schema";
import { getDeployment } from "@/server/services/deployment/get-deployment";
import { listDeployments } from "@/server/services/deployment/list-deployments";
import { watchDeployment } from "@/server/services/deployment/watch-deployment";
import { beat } from "@/server/services/worker/heartbeat";
import { createTestDatabase, describeWithDatabase, type TestDatabase } from "@/testing/database";
import { makeDeployment, makeOrganization, makeProject, makeService } from "@/testing/factories";
import { makeChangeFeed, makeOwnerContext } from "@/testing/service-context";
import { recordWait } from "./record-wait";

type Service = Awaited<ReturnType<typeof makeService>>;
type Values = Parameters<typeof makeDeployment>[2];

describeWithDatabase("a deployment that waits", () => {
  let database: TestDatabase;
  let context: OrganizationContext;
  let feed: ReturnType<typeof makeChangeFeed>;
  let web: Service;
  let api: Service;
  let stranger: Service;
  let seconds: number;

  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());
  beforeEach(async () => {
    const { db } = database;
    await db.execute("truncate projects, leases, instance_facts cascade");
    feed = makeChangeFeed();
    context = await makeOwnerContext(db, { changes: feed });
    const place = await makeProject(db, context.organizationId);
    web = await makeService(db, place, { name: "web" });
    api = await makeService(db, place, { name: "api" });
    const elsewhere = await makeProject(db, (await makeOrganization(db)).id);
    stranger = await makeService(db, elsewhere, { name: "secret" });
    seconds = 0;
    await beat(db, "one", { queueWorkers: [], buildSlots: 2 });
  });

  async function make(service: Service, values: Values = {}) {
    seconds += 1;
    const createdAt = new Date(Date.UTC(2026, 0, 1, 12, 0, seconds));
    return makeDeployment(database.db, service, { createdAt, ...values });
  }
  async function build(service: Service, values: Values = {}) {
    const expiresAt = new Date(Date.now() + 60_000);
    await database.db.insert(leases).values({ key: `service:${service.id}`, holder: "one", token: 1, expiresAt });
    return make(service, { status: "building", ...values });
  }
  const waitingOf = async ({ id }: { id: string }) => (await getDeployment(context, id)).waiting;

  it("sees its place and what holds the slots; of another organization only that there is something", async () => {
    const mine = await build(api, { number: 4 });
    await build(stranger);
    const place = await makeProject(database.db, context.organizationId);
    await make(await makeService(database.db, place));
    const second = await make(web);
    expect(await waitingOf(second)).toEqual({
      reason: "slots",
      place: 2,
      slots: 2,
      deployments: [{ id: mine.id, number: 4, serviceId: api.id, serviceName: "api" }],
      others: 1,
    });
    expect(await waitingOf(mine)).toBeNull();
    const list = await listDeployments(context, { serviceId: web.id, limit: 10, cursor: null });
    expect(list.items.map((item) => item.waiting)).toEqual([await waitingOf(second)]);
  });

  it("stands behind another one of its service", async () => {
    const first = await build(web, { number: 41 });
    const second = await make(web, { number: 42 });
    expect(await waitingOf(second)).toMatchObject({
      reason: "deployment",
      place: null,
      deployments: [{ id: first.id, number: 41, serviceName: "web" }],
    });
  });

  it("is about to start where a slot is free, and cannot where no worker runs", async () => {
    const only = await make(web);
    expect(await waitingOf(only)).toMatchObject({ reason: "starting", place: 1 });
    await database.db.execute("update instance_facts set at = now() - interval '1 minute'");
    expect(await waitingOf(only)).toMatchObject({ reason: "worker", place: 1, slots: 0 });
  });

  it("is told when it moves up, and no more once it waits no longer", async () => {
    await database.db.execute("update instance_facts set value = jsonb_set(value, '{buildSlots}', '1')");
    const building = await build(api);
    const place = await makeProject(database.db, context.organizationId);
    const ahead = await make(await makeService(database.db, place));
    const { id } = await make(web);
    const stop = new AbortController();
    const views = watchDeployment(context, { deploymentId: id, serviceId: web.id }, stop.signal);
    const next = async () => (await views.next()).value?.waiting;
    expect(await next()).toMatchObject({ place: 2 });
    await database.db.execute(`update deployments set status = 'cancelled' where id = '${ahead.id}'`);
    feed.emit({ type: "queue" });
    expect(await next()).toMatchObject({ place: 1, reason: "slots", deployments: [{ id: building.id }] });
    stop.abort();
    await views.return();
  });

  it("keeps what each moment in the queue was waited for, as far as it may be known", async () => {
    const { db } = database;
    const mine = await build(api, { number: 7 });
    const foreign = await build(stranger);
    const one = await make(web);
    await db.execute(`insert into deployment_phases (deployment_id, phase, started_at)
      values ('${one.id}', 'queued', '2026-01-01T12:00:00Z')`);
    const at = (second: number) => ({ db, clock: { now: () => new Date(Date.UTC(2026, 0, 1, 12, 0, second)) } });
    await recordWait(at(2), one, "slots", [mine.id, foreign.id]);
    await recordWait(at(5), one, "slots", [mine.id]);
    await db.execute(`update deployment_phases set finished_at = '2026-01-01T12:00:30Z' where phase = 'queued'`);
    await recordWait(at(40), one, "deployment", [mine.id]);
    const { phases } = await getDeployment(context, one.id);
    expect(phases[0]?.waits).toMatchObject([
      { reason: "worker", ms: 2_000, deployments: [], others: 0 },
      { reason: "slots", ms: 28_000, deployments: [{ number: 7, serviceName: "api" }], others: 1 },
    ]);
  });
});
