import { describe, expect, it } from "vitest";
import { AppError } from "@/domain/errors";
import { makeChangeFeed } from "@/testing/service-context";
import { collectChanges } from "./collect-changes";
import { watch } from "./watch";
import { watchTicks } from "./watch-ticks";

const deployment = (deploymentId: string) => ({
  type: "deployment" as const,
  projectId: "prj_1",
  serviceId: "svc_1",
  deploymentId,
});
const log = (nextOffset: number) => ({
  type: "log" as const,
  kind: "build" as const,
  sourceId: "dep_1",
  serviceId: "svc_1",
  nextOffset,
});

describe("collectChanges", () => {
  it("keeps one of a kind while the reader is busy, and the newest of a log", async () => {
    const feed = makeChangeFeed();
    const changes = collectChanges({ changes: feed }, () => true, new AbortController().signal);
    for (const event of [deployment("dep_1"), log(1), deployment("dep_1"), log(2), deployment("dep_2")])
      feed.emit(event);
    expect(await changes.next()).toEqual({ events: [deployment("dep_1"), log(2), deployment("dep_2")], missed: false });
    const waiting = changes.next();
    feed.emit(deployment("dep_3"));
    expect(await waiting).toEqual({ events: [deployment("dep_3")], missed: false });
    changes.close();
    expect(feed.listeners()).toBe(0);
  });

  it("says when hints were lost", async () => {
    const feed = makeChangeFeed();
    const changes = collectChanges({ changes: feed }, () => false, new AbortController().signal);
    feed.emit(deployment("dep_1"));
    feed.resync();
    expect(await changes.next()).toEqual({ events: [], missed: true });
  });

  it("ends quietly when the client goes, and with the reason when the session ends", async () => {
    const feed = makeChangeFeed();
    for (const [reason, expected] of [
      [undefined, null],
      [new AppError("unauthenticated"), "unauthenticated"],
    ] as const) {
      const abort = new AbortController();
      const changes = collectChanges({ changes: feed }, () => true, abort.signal);
      const ended = changes.next().catch((error: AppError) => error.code);
      abort.abort(reason);
      expect(await ended).toBe(expected);
    }
    expect(feed.listeners()).toBe(0);
  });
});

describe("watch", () => {
  it("reads at once and after each hint, and repeats nothing that reads the same", async () => {
    const feed = makeChangeFeed();
    let value = 1;
    let reads = 0;
    const abort = new AbortController();
    const values = watch(
      { changes: feed },
      { matches: () => true, read: async () => ({ value, reads: void reads++ }) },
      abort.signal,
    );
    expect((await values.next()).value).toMatchObject({ value: 1 });
    const second = values.next();
    feed.emit(deployment("dep_1"));
    await new Promise((resolve) => setImmediate(resolve));
    value = 2;
    feed.emit(deployment("dep_1"));
    expect((await second).value).toMatchObject({ value: 2 });
    expect(reads).toBe(3);
    abort.abort();
    expect(await values.next()).toEqual({ done: true, value: undefined });
  });

  it("ends where there is nothing more to see, and stops listening", async () => {
    const feed = makeChangeFeed();
    const options = { matches: () => true, read: async () => "done", until: () => true };
    const values = watch({ changes: feed }, options, new AbortController().signal);
    expect((await values.next()).value).toBe("done");
    expect((await values.next()).done).toBe(true);
    expect(feed.listeners()).toBe(0);
  });

  it("stops listening when reading fails", async () => {
    const feed = makeChangeFeed();
    const options = { matches: () => true, read: () => Promise.reject(new AppError("not_found")) };
    await expect(watch({ changes: feed }, options, new AbortController().signal).next()).rejects.toThrow();
    expect(feed.listeners()).toBe(0);
  });
});

describe("watchTicks", () => {
  it("begins with connected, tells what changed, and says connected again after lost hints", async () => {
    const feed = makeChangeFeed();
    const abort = new AbortController();
    const actor = { type: "user" as const, userId: "usr_1", sessionId: "ses_1", address: null };
    const ticks = watchTicks({ changes: feed, actor }, () => true, abort.signal);
    expect((await ticks.next()).value).toMatchObject({ type: "connected" });
    const next = ticks.next();
    await new Promise((resolve) => setImmediate(resolve));
    feed.emit(log(1));
    feed.emit(deployment("dep_1"));
    expect((await next).value).toEqual({ type: "deployment", serviceId: "svc_1", deploymentId: "dep_1" });
    feed.resync();
    expect((await ticks.next()).value).toMatchObject({ type: "connected" });
    feed.emit({ type: "worker" });
    expect((await ticks.next()).value).toMatchObject({ type: "worker" });
    feed.emit({ type: "session", sessionId: "ses_2", change: "rights" });
    feed.emit({ type: "session", sessionId: "ses_1", change: "ended" });
    feed.emit({ type: "session", sessionId: "ses_1", change: "rights" });
    feed.emit({ type: "platform" });
    expect((await ticks.next()).value).toMatchObject({ type: "viewer" });
    expect((await ticks.next()).value).toMatchObject({ type: "platform" });
    abort.abort();
    expect((await ticks.next()).done).toBe(true);
  });
});
