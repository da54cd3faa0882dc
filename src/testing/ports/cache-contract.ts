/** What every Cache does. One suite for all adapters, so that they can stand in for each other. */
import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import type { Cache } from "@/server/ports";

const longMs = 60_000;

export function cacheContract(cache: () => Cache): void {
  it("gives back what was set, as JSON", async () => {
    const value = { text: "Zürich", list: [1, null, { deep: true }] };
    await cache().set("contract:value", value, longMs);
    expect(await cache().get("contract:value")).toEqual(value);
  });

  it("answers null for what is not there", async () => {
    expect(await cache().get("contract:absent")).toBeNull();
  });

  it("replaces a value", async () => {
    await cache().set("contract:replaced", 1, longMs);
    await cache().set("contract:replaced", 2, longMs);
    expect(await cache().get("contract:replaced")).toBe(2);
  });

  it("forgets what is deleted, and deleting twice is harmless", async () => {
    await cache().set("contract:deleted", 1, longMs);
    await cache().delete("contract:deleted");
    await cache().delete("contract:deleted");
    expect(await cache().get("contract:deleted")).toBeNull();
  });

  it("forgets after the time to live", async () => {
    await cache().set("contract:brief", 1, 20);
    await sleep(60);
    expect(await cache().get("contract:brief")).toBeNull();
  });

  it("does not keep what may not live at all", async () => {
    await cache().set("contract:dead", 1, 0);
    expect(await cache().get("contract:dead")).toBeNull();
  });

  it("hands every reader an object of its own", async () => {
    await cache().set("contract:own", { count: 1 }, longMs);
    const first = await cache().get<{ count: number }>("contract:own");
    if (first) first.count = 2;
    expect(await cache().get("contract:own")).toEqual({ count: 1 });
  });
}
