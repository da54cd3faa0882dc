/** The part of the state machine that makes an image: queued, fetching, building. */
import { AppError } from "@/domain/errors";
import type { Decision, FrozenDeployment, Sight } from "./decision";
import { limitInWords } from "./limits";

type Of<S extends Sight["status"]> = Extract<Sight, { status: S }>;

const noSlot: Decision = { type: "yield", why: "Other builds run; this one waits for its turn." };

export function decideQueued(frozen: FrozenDeployment, sight: Of<"queued">): Decision {
  if (frozen.keptImage) {
    const note = "The kept image is used.";
    const skipped = [
      { phase: "fetching" as const, note },
      { phase: "building" as const, note },
    ];
    return { type: "advance", to: "releasing", outcome: "done", note: null, skipped };
  }
  if (!sight.hasBuildSlot) return noSlot;
  return { type: "advance", to: "fetching", outcome: "done", note: null, skipped: [] };
}

export function decideFetching(frozen: FrozenDeployment, sight: Of<"fetching">, leftMs: number): Decision {
  if (!sight.hasBuildSlot) return noSlot;
  if (sight.resolved && sight.planned) {
    if (frozen.source === "git") {
      return { type: "advance", to: "building", outcome: "done", note: null, skipped: [] };
    }
    const skipped = [{ phase: "building" as const, note: "A prebuilt image needs no build." }];
    return { type: "advance", to: "releasing", outcome: "done", note: null, skipped };
  }
  if (leftMs <= 0) return { type: "fail", error: fetchTimeout(frozen).toRecord() };
  return { type: "do", step: sight.resolved ? "plan" : "resolve", limitMs: leftMs };
}

export function decideBuilding(frozen: FrozenDeployment, sight: Of<"building">, leftMs: number): Decision {
  if (sight.built) {
    const outcome = sight.skippedBecause === null ? "done" : "skipped";
    return { type: "advance", to: "releasing", outcome, note: sight.skippedBecause, skipped: [] };
  }
  if (!sight.hasBuildSlot) return noSlot;
  if (leftMs <= 0) {
    const message = `The build did not end within ${limitInWords(frozen.limits, "buildMs")}.`;
    return { type: "fail", error: new AppError("build_timeout", { message }).toRecord() };
  }
  return { type: "do", step: "build", limitMs: leftMs };
}

function fetchTimeout({ source, limits }: FrozenDeployment): AppError {
  if (source === "git") {
    const message = `The repository was not fetched within ${limitInWords(limits, "fetchMs")}.`;
    return new AppError("fetch_timeout", { message });
  }
  return new AppError("pull_timeout", {
    message: `The image was not pulled within ${limitInWords(limits, "buildMs")}.`,
  });
}
