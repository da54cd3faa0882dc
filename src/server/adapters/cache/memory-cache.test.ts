import { describe, expect, it } from "vitest";
import { cacheContract } from "@/testing/ports/cache-contract";
import { createMemoryCache } from "./memory-cache";

describe("memory cache", () => {
  const cache = createMemoryCache();
  cacheContract(() => cache);

  it("stays within its bound: the oldest goes first", async () => {
    const small = createMemoryCache({ maxBytes: 100 });
    await small.set("a", "x".repeat(60), 60_000);
    await small.set("b", "x".repeat(60), 60_000);
    expect(await small.get("a")).toBeNull();
    expect(await small.get("b")).not.toBeNull();
  });
});
