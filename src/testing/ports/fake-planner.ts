import { AppError } from "@/domain/errors";
import { generatedDockerfilePath } from "@/domain/plan/generated-dockerfile-path";
import { imagePlan } from "@/domain/plan/image-plan";
import type { Planner } from "@/server/ports";

/** Plans the same generated build for every directory; `fails` makes it find nothing. */
export function createFakePlanner(): Planner & { fails: boolean } {
  const planner = {
    fails: false,
    async plan() {
      if (planner.fails) throw new AppError("nothing_detected");
      const dockerfile = "FROM node:24\n";
      const plan = { ...imagePlan("node:24", []), kind: "generated" as const, label: "Node.js", dockerfile };
      return { plan, files: [{ path: generatedDockerfilePath, content: dockerfile }] };
    },
  };
  return planner;
}
