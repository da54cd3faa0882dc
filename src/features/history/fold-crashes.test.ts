import { describe, expect, it } from "vitest";
import type { HistoryItem } from "@/features/api/outputs";
import { foldCrashes } from "./fold-crashes";

let made = 0;
const event = (event: Extract<HistoryItem, { type: "event" }>["event"]): HistoryItem => {
  made++;
  return { type: "event", id: `evt_${made}`, at: new Date(made * 1000).toISOString(), event };
};
const container = (replica: number) => ({ container: "web", replica, releaseId: "dep_a" });
const exited = (exitCode = 1, replica = 0) =>
  event({ kind: "exited", byName: null, details: { ...container(replica), exitCode, signal: null } });
const restarted = (restartCount: number, replica = 0) =>
  event({ kind: "restarted", byName: null, details: { ...container(replica), restartCount } });
const stopped = () => event({ kind: "service_stopped", byName: "Lena", details: { byUserId: "usr_a" } });

const read = (newestFirst: HistoryItem[]) =>
  foldCrashes(newestFirst).map((one) =>
    one.type === "crash-loop" ? `${one.title} x${one.ends} of ${one.items.length}` : one.id,
  );

describe("foldCrashes", () => {
  it("makes one entry of a crash loop", () => {
    const loop = [restarted(3), exited(), restarted(2), exited(), restarted(1), exited()];
    expect(read(loop)).toEqual(["Replica 1 ended with exit code 1 x3 of 6"]);
  });

  it("leaves alone what happened once", () => {
    const once = [restarted(1), exited()];
    expect(read(once)).toEqual(once.map(({ id }) => id));
  });

  it("keeps apart what something else stands between", () => {
    const between = stopped();
    const later = [restarted(2), exited()];
    const before = [restarted(1), exited()];
    expect(read([...later, between, ...before])).toEqual([...later, between, ...before].map(({ id }) => id));
  });

  it("keeps apart replicas and ways of ending, and gives each restart to its end", () => {
    const mixed = [
      ...[restarted(2, 1), restarted(3), exited(1, 1), exited(1)],
      ...[restarted(1, 1), restarted(2), exited(1, 1), exited(1)],
      ...[restarted(1), exited(9)],
    ];
    expect(read(mixed)).toEqual([
      "Replica 2 ended with exit code 1 x2 of 4",
      "Replica 1 ended with exit code 1 x2 of 4",
      ...mixed.slice(-2).map(({ id }) => id),
    ]);
  });

  it("leaves a restart whose end is on a page that was not loaded", () => {
    expect(read([restarted(2), exited(), restarted(1)])).toHaveLength(3);
  });
});
