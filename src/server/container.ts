/**
 * Builds what every process of this instance needs: database, change feed, cache, encryption. The web process has
 * this and nothing more. What speaks to Docker, Git and the router is built elsewhere, for the worker alone, so that
 * the process that the internet reaches does not even contain the code.
 */
import { createMemoryCache } from "@/server/adapters/cache/memory-cache";
import { createRedisCache } from "@/server/adapters/cache/redis-cache";
import type { Config } from "./config";
import type { ServiceContext } from "./context";
import { createCipher } from "./crypto";
import { createDb } from "./db/client";
import { createListenHub, type ListenHub } from "./db/listen";
import { createLogger } from "./log";

export type ProcessContext = ServiceContext & {
  changes: ListenHub;
  /** Ends every connection. */
  close(): Promise<void>;
};

/** `name`: of the process, in log lines and pg_stat_activity. Throws where DATABASE_URL or SECRET_KEY is missing. */
export function createProcessContext(
  config: Config,
  options: { name: string; connections: number; planOnce?: boolean },
): ProcessContext {
  const { databaseUrl, redisUrl, instanceId } = config;
  if (databaseUrl === null) throw new Error("DATABASE_URL is not set; `npm start` sets it");
  const log = createLogger(options.name);
  const cipher = createCipher(config.secretKey);
  const db = createDb(databaseUrl.reveal(), {
    max: options.connections,
    applicationName: options.name,
    planOnce: options.planOnce ?? false,
  });
  const changes = createListenHub(databaseUrl, `${options.name}-listen`, log);
  const redis = redisUrl && createRedisCache(redisUrl, `helvetia:${instanceId}:`, log);
  return {
    config,
    log,
    cipher,
    db,
    changes,
    cache: redis ?? createMemoryCache(),
    clock: { now: () => new Date() },
    async close() {
      redis?.close();
      await changes.close();
      await db.$client.end();
    },
  };
}
