/** The Planner port: reads what a checkout says of itself, and adds the files that its image needs. */
import { generatedDockerfilePath } from "@/domain/plan/generated-dockerfile-path";
import type { ContextFile } from "@/domain/plan/types";
import type { Planner } from "@/server/ports";
import { readDirectoryTree } from "./directory-tree";
import { chosenDockerfile } from "./dockerfile-plan";
import { planBuild } from "./plan-build";
import { readStaticServer, staticServerDirectory } from "./static-server";

export function createPlanner(): Planner {
  let staticServer: Promise<ContextFile[]> | null = null;
  return {
    async plan(directory, settings, environmentKeys) {
      const tree = await readDirectoryTree(directory, [chosenDockerfile(settings) ?? "Dockerfile"]);
      const plan = planBuild({ tree, settings, environmentKeys });
      if (plan.kind !== "generated" || plan.dockerfile === null) return { plan, files: [] };
      const files: ContextFile[] = [{ path: generatedDockerfilePath, content: plan.dockerfile }];
      if (plan.dockerfile.includes(`COPY ${staticServerDirectory} `)) {
        staticServer ??= readStaticServer();
        files.push(...(await staticServer));
      }
      return { plan, files };
    },
  };
}
