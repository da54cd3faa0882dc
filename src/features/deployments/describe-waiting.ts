import type { Deployment } from "@/features/api/outputs";

export type Waiting = NonNullable<Deployment["waiting"]>;
export type Waited = Deployment["phases"][number]["waits"][number];

/** "3rd in the queue"; where there is no place to name, what it waits for in as few words. */
export function describePlace({ place, reason }: Pick<Waiting, "place" | "reason">): string {
  if (place !== null && reason !== "starting") return `${ordinal(place)} in the queue`;
  return reason === "deployment" ? "After the one before" : "About to begin";
}

/** The sentence about what it waits for, up to the names of those in its way. */
export function describeReason({ reason, slots }: Pick<Waiting, "reason" | "slots">): string {
  switch (reason) {
    case "worker":
      return "No worker runs: it begins as soon as one is started.";
    case "deployment":
      return "Another deployment of this service is under way:";
    case "slots":
      return slots === 1 ? "The one build slot is busy with" : `All ${slots} build slots are busy with`;
    case "starting":
      return "Nothing is in its way.";
  }
}

/** "2 of other organizations"; null for none. */
export function describeOthers(others: number): string | null {
  if (others === 0) return null;
  return others === 1 ? "one of another organization" : `${others} of other organizations`;
}

export const waitedFor: Record<Waited["reason"], string> = {
  worker: "until a worker took it up",
  deployment: "for the deployment before it",
  slots: "for a build slot",
};

/** 1st, 2nd, 3rd, 4th, 11th, 21st. */
export function ordinal(place: number): string {
  const teen = place % 100 >= 11 && place % 100 <= 13;
  const ending = teen ? "th" : ({ 1: "st", 2: "nd", 3: "rd" }[place % 10] ?? "th");
  return `${place}${ending}`;
}
