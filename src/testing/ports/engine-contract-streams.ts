import { beforeAll, describe, expect, test } from "vitest";
import type { EngineEvent, LogLine } from "@/server/ports";
import { type EngineBed, forever } from "./engine-bed";

/** What the Engine remembers of a container, up to an action. */
async function eventsUntil(bed: EngineBed, name: string, action: string, since = new Date(0)): Promise<EngineEvent[]> {
  const abort = new AbortController();
  const seen: EngineEvent[] = [];
  for await (const event of bed.engine.events(abort.signal, since)) {
    if (event.name === name) seen.push(event);
    if (event.name === name && event.action === action) abort.abort();
  }
  return seen;
}

/** The Engine contract on logs, events and what it says of itself. */
export function streamContract(getBed: () => EngineBed): void {
  let bed: EngineBed;
  beforeAll(() => {
    bed = getBed();
  });

  describe("logs", () => {
    test("lines come in order, and from a cursor on nothing is missed or repeated", async () => {
      const prints = bed.spec("prints");
      await bed.engine.ensureContainer(prints);
      const first = await bed.readLines(prints.name, null, 2);
      expect(first.map((line) => line.text)).toEqual(["line-1", "line-2"]);
      const rest = await bed.readLines(prints.name, first[1]?.cursor ?? null, 1);
      expect(rest.map((line) => line.text)).toEqual(["line-3"]);
      const again = await bed.readLines(prints.name, first[0]?.cursor ?? null, 2);
      expect(again.map((line) => line.text)).toEqual(["line-2", "line-3"]);
    });

    test("an abort ends the following without an error", async () => {
      const prints = bed.spec("prints");
      await bed.engine.ensureContainer(prints);
      const abort = new AbortController();
      const texts: string[] = [];
      for await (const line of bed.engine.followLogs(prints.name, null, abort.signal)) {
        texts.push(line.text);
        if (texts.length === 3) setTimeout(() => abort.abort(new Error("enough")), 50);
      }
      expect(texts).toEqual(["line-1", "line-2", "line-3"]);
    });

    test("the last lines that were printed, of a container that runs or one that ended", async () => {
      const prints = bed.spec("prints");
      await bed.engine.ensureContainer(prints);
      await bed.readLines(prints.name, null, 3);
      const last = await bed.engine.tailLogs(prints.name, 2, forever());
      expect(last.map((line) => line.text)).toEqual(["line-2", "line-3"]);
      await bed.engine.stopContainer(prints.name, 1);
      expect((await bed.engine.tailLogs(prints.name, 1, forever())).map((line) => line.text)).toEqual(["line-3"]);
      expect(await bed.engine.tailLogs(`${bed.subject.prefix}-absent`, 1, forever())).toEqual([]);
    });

    test("following ends when the container is stopped; the log of a stopped one can be read", async () => {
      const exits = bed.spec("complainsAndExits");
      await bed.engine.ensureContainer(exits);
      await bed.until(exits.name, (state) => state.exitCode !== null);
      await bed.engine.stopContainer(exits.name, 1);
      const lines: LogLine[] = [];
      for await (const line of bed.engine.followLogs(exits.name, null, forever())) lines.push(line);
      expect(lines[0]).toMatchObject({ stream: "stderr", text: "complaint", at: expect.any(Date) });
      for await (const line of bed.engine.followLogs(`${bed.subject.prefix}-absent`, null, forever())) lines.push(line);
    });
  });

  describe("events", () => {
    test("what happens to managed containers from the call on arrives, and an abort ends it", async () => {
      const abort = new AbortController();
      const seen: EngineEvent[] = [];
      const events = bed.engine.events(abort.signal);
      const runs = bed.spec("runs");
      const listening = (async () => {
        for await (const event of events) {
          if (event.name !== runs.name) continue;
          seen.push(event);
          if (event.action === "destroy") abort.abort();
        }
      })();
      await bed.engine.ensureContainer(runs);
      await bed.engine.stopContainer(runs.name, 1);
      await bed.engine.removeContainer(runs.name);
      await listening;
      const actions = seen.map((event) => event.action);
      expect(actions.filter((action) => ["start", "die", "destroy"].includes(action))).toEqual([
        "start",
        "die",
        "destroy",
      ]);
      expect(seen[0]).toMatchObject({ type: "container", labels: bed.labels, at: expect.any(Date) });
      expect(new Set(seen.map((event) => event.containerId)).size).toBe(1);
      expect(seen.find((event) => event.action === "kill")).toMatchObject({ signal: 15, exitCode: null });
      expect(seen.find((event) => event.action === "die")).toMatchObject({ exitCode: 143, signal: null });
    });

    test("what happened since a moment arrives too, and then what happens", async () => {
      const exits = bed.spec("complainsAndExits");
      await bed.engine.ensureContainer(exits);
      await bed.until(exits.name, (state) => state.exitCode !== null);
      await bed.engine.removeContainer(exits.name);
      const [first] = await eventsUntil(bed, exits.name, "die", undefined);
      expect(first).toMatchObject({ action: "create" });
      const again = await eventsUntil(bed, exits.name, "destroy", first?.at);
      expect(again[0]).toEqual(first);
      expect(again.find((event) => event.action === "die")).toMatchObject({ exitCode: 3 });
    });
  });

  test("it says its version, and how full the disk is where it can", async () => {
    expect(await bed.engine.ping()).toEqual({
      version: expect.any(String),
      apiVersion: expect.stringMatching(/^\d+\.\d+$/),
    });
    const disk = await bed.engine.diskSpace();
    if (disk) expect(disk.freeBytes).toBeLessThanOrEqual(disk.totalBytes);
  });

  test("it says what images and build cache take, and prunes none that may stay", async () => {
    const image = await bed.engine.buildImage(bed.request("works"), () => {}, forever());
    const { imageOwnBytes, buildCache } = await bed.engine.usage();
    expect(imageOwnBytes.get(image.id)).toBeLessThanOrEqual(image.sizeBytes);
    expect(buildCache.unusedBytes).toBeLessThanOrEqual(buildCache.totalBytes);
    expect(await bed.engine.pruneBuildCache(Number.MAX_SAFE_INTEGER)).toBe(0);
  });
}
