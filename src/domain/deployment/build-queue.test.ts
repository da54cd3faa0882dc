import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildQueue, type QueuedDeployment } from "./build-queue";

const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 12, 0, second));

/** "a1": the first service of project a. */
const one = (name: string, second: number, changes: Partial<QueuedDeployment> = {}): QueuedDeployment => ({
  id: `dep_${name}`,
  number: 1,
  status: "queued",
  cancelRequested: false,
  serviceId: name,
  projectId: name.slice(0, 1),
  createdAt: at(second),
  keptImage: false,
  isHeld: false,
  projectTurnAt: null,
  ...changes,
});
const names = (deployments: QueuedDeployment[]) => deployments.map(({ id }) => id.slice("dep_".length));

describe("the queue for build slots", () => {
  it("is first come, first served within a project", () => {
    expect(names(buildQueue([one("a2", 2), one("a1", 1), one("a3", 3)]).waiting)).toEqual(["a1", "a2", "a3"]);
  });

  it("lets projects take turns, however many of one wait", () => {
    const many = Array.from({ length: 20 }, (_, n) => one(`a${n + 10}`, n));
    expect(names(buildQueue([...many, one("b1", 30), one("c1", 31)]).waiting.slice(0, 4))).toEqual([
      ...["a10", "b1", "c1", "a11"],
    ]);
  });

  it("begins with the project whose last turn is longest ago", () => {
    const waiting = [
      one("a1", 1, { projectTurnAt: at(9) }),
      one("b1", 2, { projectTurnAt: at(8) }),
      one("c1", 3),
      one("a2", 0, { projectTurnAt: at(9) }),
    ];
    expect(names(buildQueue(waiting).waiting)).toEqual(["c1", "b1", "a2", "a1"]);
  });

  it("plays out as it says: each turn given moves its project to the end", () => {
    let waiting = [...[1, 2, 3].map((n) => one(`a${n}`, n)), one("b1", 4), one("b2", 5), one("c1", 6)];
    const said = names(buildQueue(waiting).waiting);
    const played: string[] = [];
    for (let turn = 10; waiting.length > 0; turn += 1) {
      const [next] = buildQueue(waiting).waiting;
      if (!next) throw new Error("nobody's turn");
      played.push(...names([next]));
      waiting = waiting
        .filter(({ id }) => id !== next.id)
        .map((each) => (each.projectId === next.projectId ? { ...each, projectTurnAt: at(turn) } : each));
    }
    expect(played).toEqual(said);
    expect(said).toEqual(["a1", "b1", "c1", "a2", "b2", "a3"]);
  });

  it("starves nobody: between two turns of a project every other one that waits has had its own", () => {
    const arrival = fc.record({
      project: fc.constantFrom("a", "b", "c", "d"),
      atTurn: fc.integer({ min: 0, max: 30 }),
    });
    const property = fc.property(fc.array(arrival, { maxLength: 40 }), (arrivals) => {
      const turns = new Map<string, Date>();
      let waiting: QueuedDeployment[] = [];
      /** Projects that have waited since the last turn of each project. */
      const since = new Map<string, Set<string>>();
      for (let turn = 0; turn <= 80; turn += 1) {
        const arrived = arrivals.flatMap(({ project, atTurn }, n) =>
          atTurn === turn ? [one(`${project}${turn}-${n}`, turn)] : [],
        );
        waiting = [...waiting, ...arrived].map((each) => ({
          ...each,
          projectTurnAt: turns.get(each.projectId) ?? null,
        }));
        const [next] = buildQueue(waiting).waiting;
        if (!next) continue;
        expect([...(since.get(next.projectId) ?? [])]).toEqual([]);
        waiting = waiting.filter(({ id }) => id !== next.id);
        turns.set(next.projectId, at(turn + 1));
        for (const others of since.values()) others.delete(next.projectId);
        const left = new Set(waiting.map(({ projectId }) => projectId));
        left.delete(next.projectId);
        since.set(next.projectId, left);
      }
      expect(waiting).toEqual([]);
    });
    fc.assert(property, { seed: 7, numRuns: 200 });
  });

  it("puts what a dead worker left half done before everything", () => {
    const left = one("a1", 9, { status: "building", projectTurnAt: at(8) });
    expect(names(buildQueue([one("b1", 1), left]).waiting)).toEqual(["a1", "b1"]);
  });

  it("knows who builds, who waits, and who needs no slot", () => {
    const { building, waiting, ready } = buildQueue([
      one("a1", 1, { status: "building", isHeld: true }),
      one("a2", 2, { status: "fetching", isHeld: true }),
      one("a3", 3, { status: "verifying", isHeld: true }),
      one("a4", 4, { isHeld: true }),
      one("b1", 5, { keptImage: true }),
      one("b2", 6, { cancelRequested: true }),
      one("b3", 7, { status: "releasing" }),
      one("b4", 8),
    ]);
    expect(names(building)).toEqual(["a1", "a2"]);
    expect(names(waiting)).toEqual(["a4", "b4"]);
    expect(names(ready)).toEqual(["b1", "b2", "b3"]);
  });

  it("has one of a service: the oldest ends first where a newer one takes its place, without a slot", () => {
    const first = one("a1", 1);
    const second = { ...one("a1", 2), id: "dep_newer", number: 2 };
    expect(buildQueue([first, second])).toMatchObject({ waiting: [], ready: [{ id: first.id }] });
    const begun = { ...first, status: "building", isHeld: true } as const;
    expect(buildQueue([begun, second])).toMatchObject({ building: [{ id: first.id }], waiting: [], ready: [] });
  });
});
