import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { environmentSubnet } from "@/domain/network/environment-subnet";
import { readConfig } from "@/server/config";
import { environments, projects } from "@/server/db/schema";
import { createTestDatabase, describeWithDatabase, type TestDatabase } from "@/testing/database";
import { createTestEngine, describeWithDocker, type TestEngine } from "@/testing/docker";
import { makeOrganization, makeProject } from "@/testing/factories";
import { FakeEngine } from "@/testing/ports/fake-engine";
import { ensureEnvironmentNetwork } from "./ensure-environment-network";

/** One instance of the platform, with environments of its own. */
type Place = { database: TestDatabase; engine: TestEngine["engine"]; instanceId: string; pool: string };

async function makeEnvironment({ database }: Pick<Place, "database">, subnetIndex: number) {
  const organization = await makeOrganization(database.db);
  const { environment } = await makeProject(database.db, organization.id, {}, subnetIndex);
  return environment;
}

async function indexOf({ database }: Pick<Place, "database">, environmentId: string) {
  const [row] = await database.db.select().from(environments).where(eq(environments.id, environmentId));
  return row?.subnetIndex;
}

function ensure(place: Place, environment: { id: string; subnetIndex: number }) {
  const { config } = readConfig({ INSTANCE_ID: place.instanceId, NETWORK_POOL: place.pool });
  return ensureEnvironmentNetwork({ db: place.database.db, engine: place.engine, config }, environment);
}

describeWithDatabase("an environment's block of addresses", () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  beforeEach(() => database.db.delete(projects));
  afterAll(() => database.drop());

  const fakePlace = (pool: string) => {
    const engine = new FakeEngine();
    return { database, engine, instanceId: "one", pool };
  };

  it("stays where it is free, and moves where something else on the server has it", async () => {
    const place = fakePlace("10.9.0.0/16");
    place.engine.networks.foreign.push("10.9.0.0/24", "10.9.1.130");
    const free = await makeEnvironment(place, 7);
    const taken = await makeEnvironment(place, 1);
    await ensure(place, free);
    await ensure(place, taken);
    await ensure(place, taken);
    expect(await indexOf(place, free.id)).toBe(7);
    const moved = (await indexOf(place, taken.id)) ?? 0;
    expect([0, 1, 3, 7]).not.toContain(moved);
    expect(place.engine.networks.subnets.slice(0, 2)).toEqual(["10.9.3.128/25", environmentSubnet(place.pool, moved)]);
  });

  it("moves when another instance is quicker between the look and the creation", async () => {
    const place = fakePlace("10.9.0.0/16");
    const environment = await makeEnvironment(place, 20);
    const look = place.engine.usedSubnets.bind(place.engine);
    place.engine.usedSubnets = async () => {
      const seen = await look();
      place.engine.networks.foreign.push("10.9.10.0/25");
      return seen;
    };
    await ensure(place, environment);
    expect(place.engine.networks.subnets[0]).not.toBe("10.9.10.0/25");
  });

  it("moves into a pool that was made smaller, and says when nothing of it is left", async () => {
    const place = fakePlace("10.9.0.0/24");
    const outside = await makeEnvironment(place, 400);
    await ensure(place, outside);
    expect(place.engine.networks.subnets).toHaveLength(1);
    place.engine.networks.foreign.push("10.9.0.100", "10.9.0.200");
    const next = await makeEnvironment(place, 401);
    await expect(ensure(place, next)).rejects.toMatchObject({ code: "address_pool_exhausted" });
  });

  describeWithDocker("on a real Engine", () => {
    const perInstance = 32;
    const [second = 0, third = 0] = randomBytes(2);
    const pool = `10.${208 + (second % 8)}.${third & 0b1100_0000}.0/18`;
    const routedIndex = 1;
    const routed = environmentSubnet(pool, routedIndex);
    const mayRoute = process.getuid?.() === 0;
    const places: (Place & { bed: TestEngine })[] = [];

    beforeAll(async () => {
      for (const own of [database, await createTestDatabase()]) {
        const bed = createTestEngine();
        places.push({ database: own, bed, engine: bed.engine, instanceId: bed.prefix, pool });
      }
      // A way of the machine itself into the pool, which Docker would take without a word. Only root may make one.
      if (mayRoute) execFileSync("ip", ["route", "add", "unreachable", routed]);
    });
    afterAll(async () => {
      if (mayRoute) execFileSync("ip", ["route", "del", "unreachable", routed]);
      for (const { bed } of places) await bed.tearDown();
      await places[1]?.database.drop();
    });

    it(`${2 * perInstance} environments of two instances that share a pool have a network each: more than Docker's own pools hold`, async () => {
      const startedAt = performance.now();
      await Promise.all(
        places.map(async (place) => {
          // Both count from the same block on, and neither knows of the other.
          for (let n = 0; n < perInstance; n += 1) await ensure(place, await makeEnvironment(place, n));
        }),
      );
      const tookMs = performance.now() - startedAt;
      const networks = await Promise.all(places.map(({ bed }) => bed.engine.listNetworks(bed.labels)));
      expect(networks.map((list) => list.length)).toEqual([perInstance, perInstance]);
      expect(new Set(networks.flat().map((network) => network.bridge)).size).toBe(2 * perInstance);
      const rows = await Promise.all(places.map((place) => place.database.db.select().from(environments)));
      const blocks = new Set(rows.flat().map((row) => row.subnetIndex));
      expect(blocks.size).toBe(2 * perInstance);
      expect(blocks.has(routedIndex)).toBe(!mayRoute);
      process.stdout.write(`${2 * perInstance} networks in ${Math.round(tookMs)} ms\n`);
    });
  });
});
