import { LRUCache } from "lru-cache";
import type { Cache } from "@/server/ports";

const defaultMaxBytes = 8 * 1024 * 1024;

/** A cache in this process. Values are kept as JSON, so nobody shares an object through it. `maxBytes` bounds it all. */
export function createMemoryCache(options: { maxBytes?: number } = {}): Cache {
  const entries = new LRUCache<string, string>({
    maxSize: options.maxBytes ?? defaultMaxBytes,
    sizeCalculation: (value, key) => key.length + value.length + 1,
    ttlResolution: 0,
  });
  return {
    async get<T>(key: string): Promise<T | null> {
      const text = entries.get(key);
      return text === undefined ? null : (JSON.parse(text) as T); // safe because a key has one type, its writer's
    },
    async set(key, value, ttlMs) {
      if (ttlMs > 0) entries.set(key, JSON.stringify(value), { ttl: ttlMs });
    },
    async delete(key) {
      entries.delete(key);
    },
  };
}
