import { afterAll, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { AppError } from "@/domain/errors";
import { bridgeName, bridgePrefix, label } from "@/domain/naming";
import { type Config, readConfig } from "@/server/config";
import type { Firewall } from "@/server/ports";
import { beat, stopBeating } from "@/server/services/worker/heartbeat";
import { createTestDatabase, describeWithDatabase, type TestDatabase } from "@/testing/database";
import { FakeEngine } from "@/testing/ports/fake-engine";
import { guardHost, keepGuardingHost, releaseHost } from "./guard-host";
import { readHostRules } from "./host-rules";

const settings = {
  INSTANCE_ID: "one",
  WEB_PORT: "3100",
  EDGE_PORT: "8180",
  EDGE_API_PORT: "8182",
  APPS_URL_PORT: "80",
  HOST_OPEN_PORTS: "5432, x, 6379",
  DATABASE_URL: "postgres://u:p@db.example:5433/helvetia",
  REDIS_URL: "redis://10.0.0.9",
  DOCKER_HOST: "unix:///var/run/docker.sock",
};

describeWithDatabase("guarding the host", () => {
  let database: TestDatabase;
  let engine: FakeEngine;
  const firewall = { apply: vi.fn<Firewall["apply"]>(), clear: vi.fn<Firewall["clear"]>() };
  const warn = vi.fn();
  const context = (config: Config = readConfig(settings).config) => {
    const log = { warn, debug: () => {} } as never; // safe because nothing else of a logger is used
    return { db: database.db, engine, config, clock: { now: () => new Date() }, log };
  };
  const addNetwork = (bridge: string) => {
    const labels = { [label.instance]: "one" };
    return engine.ensureNetwork({ name: bridge, subnet: `10.9.${engine.networks.names.length}.0/25`, bridge, labels });
  };
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  beforeEach(() => {
    vi.resetAllMocks();
    engine = new FakeEngine();
  });
  afterAll(() => database.drop());

  it("covers every bridge of the instance, opens the router's ports, and names every part of the platform", async () => {
    await addNetwork(bridgeName("one", "env_abcdefghijk"));
    await addNetwork("br-0c36d445a71b");
    expect(await guardHost(context(), firewall)).toEqual({ state: "held" });
    expect(firewall.apply).toHaveBeenCalledWith({
      instanceId: "one",
      applicationBridges: [`${bridgePrefix("one")}+`, "br-0c36d445a71b"],
      buildBridge: "docker0",
      openPorts: [8180, 80, 5432, 6379],
      platform: [
        { host: "127.0.0.1", port: 3100 },
        { host: "127.0.0.1", port: 8182 },
        { host: "127.0.0.1", port: 8182 },
        { host: "db.example", port: 5433 },
        { host: "10.0.0.9", port: 6379 },
        { host: "127.0.0.1", port: 2375 },
        { host: "127.0.0.1", port: 2376 },
      ],
    });
    expect(await readHostRules(database.db)).toEqual({ state: "held" });
  });

  it("says what is open, once, and that it is closed again by keeping on", async () => {
    const refusal = new AppError("firewall_unavailable", { details: { reason: "you must be root" } });
    firewall.apply.mockRejectedValue(refusal);
    expect(await guardHost(context(), firewall)).toEqual({ state: "open", reason: "you must be root" });
    expect(await readHostRules(database.db)).toEqual({ state: "open", reason: "you must be root" });
    const stopping = new AbortController();
    const keeping = keepGuardingHost(context(), firewall, stopping.signal);
    await vi.waitFor(() => expect(warn).toHaveBeenCalledOnce());
    stopping.abort();
    await keeping;
    expect(warn.mock.calls[0]?.[0]).toEqual({ reason: "you must be root" });
  });

  it("leaves a machine alone that is the operator's, or not this one", async () => {
    const off = readConfig({ ...settings, HOST_FIREWALL: "off" }).config;
    expect(await guardHost(context(off), firewall)).toEqual({ state: "operator" });
    engine.hostNetwork = async () => null;
    expect(await guardHost(context(), firewall)).toEqual({ state: "elsewhere" });
    await releaseHost(context(off), firewall);
    expect(firewall.apply).not.toHaveBeenCalled();
    expect(firewall.clear).not.toHaveBeenCalled();
  });

  it("takes the rules away with the last worker of an instance without networks, and not before", async () => {
    await addNetwork("br-1");
    await releaseHost(context(), firewall);
    await engine.removeNetwork("br-1");
    await beat(database.db, "other worker", { queueWorkers: [], buildSlots: 1 });
    await releaseHost(context(), firewall);
    expect(firewall.clear).not.toHaveBeenCalled();
    await stopBeating(database.db, "other worker");
    await releaseHost(context(), firewall);
    expect(firewall.clear).toHaveBeenCalledExactlyOnceWith("one");
  });
});
