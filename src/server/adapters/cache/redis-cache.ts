/**
 * Redis as a cache that may vanish at any moment: while it is away every read is a miss and every write is dropped,
 * at once and without an error. Nothing waits longer than `commandTimeoutMs`, and nothing is queued for later, since a
 * value written late could be older than the truth.
 */
import { Redis } from "ioredis";
import type { Secret } from "@/domain/secret";
import type { Logger } from "@/server/log";
import type { Cache } from "@/server/ports";

const commandTimeoutMs = 100;
const connectTimeoutMs = 2_000;
const longestRetryMs = 5_000;

export type RedisCache = Cache & {
  /** Resolves when connected; for tests and start-up messages, nobody else needs to wait. */
  ready(): Promise<void>;
  close(): void;
};

/** `prefix` keeps instances that share one Redis apart. */
export function createRedisCache(url: Secret, prefix: string, log: Logger): RedisCache {
  const redis = new Redis(url.reveal(), {
    keyPrefix: prefix,
    commandTimeout: commandTimeoutMs,
    connectTimeout: connectTimeoutMs,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    autoResendUnfulfilledCommands: false,
    retryStrategy: (attempt) => Math.min(longestRetryMs, 50 * 2 ** attempt),
  });
  let away = false;
  redis.on("ready", () => {
    if (away) log.info("Redis answers again");
    away = false;
  });
  redis.on("error", (error) => {
    if (!away) log.warn({ err: error }, "Redis does not answer: going on without a shared cache");
    away = true;
  });

  /** Runs a command where Redis is there; null where it is not or fails. */
  async function attempt<T>(command: () => Promise<T>): Promise<T | null> {
    if (redis.status !== "ready") return null;
    try {
      return await command();
    } catch (error) {
      log.debug({ err: error }, "a cache command failed");
      return null;
    }
  }

  return {
    async get<T>(key: string): Promise<T | null> {
      const text = await attempt(() => redis.get(key));
      return text === null ? null : (JSON.parse(text) as T); // safe because a key has one type, its writer's
    },
    async set(key, value, ttlMs) {
      if (ttlMs > 0) await attempt(() => redis.set(key, JSON.stringify(value), "PX", Math.ceil(ttlMs)));
    },
    async delete(key) {
      await attempt(() => redis.del(key));
    },
    ready: () =>
      redis.status === "ready" ? Promise.resolve() : new Promise((resolve) => redis.once("ready", () => resolve())),
    close: () => redis.disconnect(),
  };
}
