import { spawnSync } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Secret } from "@/domain/secret";
import { createLogger } from "@/server/log";
import { cacheContract } from "@/testing/ports/cache-contract";
import { startRedisServer, type TestRedis } from "@/testing/redis-server";
import { createRedisCache, type RedisCache } from "./redis-cache";

const log = createLogger("test", "silent");
const available = spawnSync("redis-server", ["--version"]).status === 0;

describe.skipIf(!available)("Redis cache", () => {
  let redis: TestRedis;
  let cache: RedisCache;
  beforeAll(async () => {
    redis = await startRedisServer();
    cache = createRedisCache(new Secret(redis.url), "test:", log);
    await cache.ready();
  });
  afterAll(async () => {
    cache.close();
    await redis.kill();
  });

  cacheContract(() => cache);

  it("keeps instances with another prefix apart", async () => {
    const other = createRedisCache(new Secret(redis.url), "other:", log);
    await other.ready();
    await cache.set("shared", 1, 60_000);
    expect(await other.get("shared")).toBeNull();
    other.close();
  });

  it("misses while Redis is dead, without an error or a wait, and goes on when it is back", async () => {
    await cache.set("kept", 1, 60_000);
    const flood = Array.from({ length: 200 }, () => cache.get("kept"));
    await redis.kill();
    for (const answer of await Promise.all(flood)) expect([1, null]).toContain(answer);

    const began = performance.now();
    await cache.set("kept", 2, 60_000);
    await cache.delete("kept");
    expect(await cache.get("kept")).toBeNull();
    expect(performance.now() - began).toBeLessThan(1_000);

    await redis.start();
    await cache.ready();
    await cache.set("after", 3, 60_000);
    expect(await cache.get("after")).toBe(3);
  });

  it("does not wait for a Redis that is there but hangs", async () => {
    const pid = Number(await pidOf(redis.url));
    process.kill(pid, "SIGSTOP");
    try {
      const began = performance.now();
      expect(await cache.get("after")).toBeNull();
      expect(performance.now() - began).toBeLessThan(2_000);
    } finally {
      process.kill(pid, "SIGCONT");
    }
    await sleep(50);
    await cache.set("later", 1, 60_000);
    expect(await cache.get("later")).toBe(1);
  });

  it("starts without Redis", async () => {
    const lonely = createRedisCache(new Secret("redis://127.0.0.1:1"), "test:", log);
    expect(await lonely.get("anything")).toBeNull();
    lonely.close();
  });
});

async function pidOf(url: string): Promise<string> {
  const { Redis } = await import("ioredis");
  const client = new Redis(url);
  const info = await client.info("server");
  client.disconnect();
  return /process_id:(\d+)/.exec(info)?.[1] ?? "";
}
