import { describe, expect, it } from "vitest";
import { AppError } from "@/domain/errors";
import { at, begin, doing, failing, frozen, observe, sights, wait } from "@/testing/decide-cases";
import { decide } from "./decide";
import type { Observed, Sight } from "./decision";
import { isCancellable, mayFollow, unfinishedStatuses } from "./status";

describe("decide", () => {
  const everyStatus = Object.keys(sights) as Sight["status"][]; // safe because the record above is keyed by it

  it("knows every status that is not final", () => {
    expect(everyStatus.sort()).toEqual([...unfinishedStatuses].sort());
  });

  it.each(everyStatus)("%s: a cancel ends it, except where traffic moves", (status) => {
    const decision = decide(frozen, status, observe(status, {}, { cancelRequested: true, newerId: "dep_9" }), begin);
    if (isCancellable(status)) expect(decision).toEqual({ type: "end", status: "cancelled", supersededById: null });
    else expect(decision.type).toBe("do");
  });

  it.each(everyStatus)("%s: gives way to a newer one only before it built", (status) => {
    const decision = decide(frozen, status, observe(status, {}, { newerId: "dep_9" }), begin);
    const givesWay = mayFollow(status, "superseded");
    expect(decision.type === "end").toBe(givesWay);
    if (givesWay) expect(decision).toEqual({ type: "end", status: "superseded", supersededById: "dep_9" });
  });

  it.each(everyStatus)("%s: a recorded failure is carried out whatever else is so", (status) => {
    const verdict = new AppError("build_failed").toRecord();
    const observed = observe(status, {}, { verdict, cancelRequested: true, newerId: "dep_9" });
    expect(decide(frozen, status, observed, begin)).toEqual({ type: "fail", error: verdict });
  });

  describe("after a failure", () => {
    const failed = (code: "engine_unavailable" | "repository_unreachable" | "build_failed", attempts: number) => ({
      failure: { error: new AppError(code).toRecord(), attempts, at: begin },
    });
    const decideAfter = (common: Partial<Observed>, atMs: number, status: Sight["status"] = "building") =>
      decide(frozen, status, observe(status, {}, common), at(atMs));

    it("fails at once where trying again cannot help", () => {
      expect(decideAfter(failed("build_failed", 1), 0)).toEqual(failing("build_failed"));
    });
    it("waits for the Engine, longer each time, then tries again", () => {
      expect(decideAfter(failed("engine_unavailable", 1), 0)).toEqual(wait(250));
      expect(decideAfter(failed("engine_unavailable", 3), 400)).toEqual(wait(600));
      expect(decideAfter(failed("engine_unavailable", 9), 0)).toEqual(wait(5_000));
      expect(decideAfter(failed("engine_unavailable", 1), 250)).toEqual(doing("build", 19_750));
    });
    it("gives up where the phase ends before the next try", () => {
      const late = { failure: { ...failed("engine_unavailable", 1).failure, at: at(19_900) } };
      expect(decideAfter(late, 19_900)).toEqual(failing("engine_unavailable"));
    });
    it("tries a remote three times", () => {
      expect(decideAfter(failed("repository_unreachable", 1), 0, "fetching")).toEqual(wait(500));
      expect(decideAfter(failed("repository_unreachable", 2), 0, "fetching")).toEqual(wait(2_000));
      expect(decideAfter(failed("repository_unreachable", 3), 0, "fetching")).toEqual(
        failing("repository_unreachable"),
      );
    });
    it("waits where it could not look", () => {
      expect(decideAfter({ ...failed("engine_unavailable", 1), sight: null }, 0)).toEqual(wait(250));
      expect(decideAfter({ ...failed("engine_unavailable", 1), sight: null }, 300)).toEqual(wait(250));
    });
    it("a cancel does not wait for the Engine", () => {
      const observed = { ...failed("engine_unavailable", 1), sight: null, cancelRequested: true };
      expect(decideAfter(observed, 0)).toMatchObject({ type: "end", status: "cancelled" });
    });
  });
});
