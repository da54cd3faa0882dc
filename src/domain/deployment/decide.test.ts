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

  it.each(everyStatus)("%s: a cancel ends it, be it about to go on", (status) => {
    expect(isCancellable(status)).toBe(true);
    const sight = status === "routing" ? { confirmed: true } : {};
    const observed = observe(status, sight, { cancelRequested: true, newerId: "dep_9" });
    expect(decide(frozen, status, observed, begin)).toEqual({
      type: "end",
      status: "cancelled",
      supersededById: null,
    });
  });

  it.each(everyStatus)("%s: gives way to a newer one only before it began", (status) => {
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
      failure: { error: new AppError(code).toRecord(), attempts, at: begin, since: begin },
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
      const late = { failure: { ...failed("engine_unavailable", 1).failure, at: at(19_900), since: at(19_900) } };
      expect(decideAfter(late, 19_900)).toEqual(failing("engine_unavailable"));
    });
    it("gives up an Engine that stays away, long before the phase ends", () => {
      const away = { failure: { ...failed("engine_unavailable", 5).failure, at: at(14_000) } };
      const frozenLonger = { ...frozen, limits: { ...frozen.limits, buildMs: 1_200_000 } };
      const message = "The Docker Engine did not answer for 15 seconds (ENGINE_WAIT_SECONDS).";
      const decision = decide(frozenLonger, "building", observe("building", {}, away), at(14_000));
      expect(decision).toEqual(failing("engine_unavailable", { message }));
      const answeredMeanwhile = { failure: { ...away.failure, since: at(10_000) } };
      expect(decide(frozenLonger, "building", observe("building", {}, answeredMeanwhile), at(14_000))).toEqual(
        wait(4_000),
      );
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
