/** The handler of every job in the catalogue. */
import type { JobName } from "@/server/jobs/catalog";
import { cleanupRun } from "./cleanup-run";
import { deploymentRun } from "./deployment-run";
import type { Handler } from "./handler";
import { logsTrim } from "./logs-trim";
import { projectRemove } from "./project-remove";
import { releaseCool } from "./release-cool";
import { repositoryInspect } from "./repository-inspect";
import { retentionClean } from "./retention-clean";
import { serviceConverge } from "./service-converge";
import { strayRemove } from "./stray-remove";

export const handlers: { [N in JobName]: Handler<N> } = {
  "deployment.run": deploymentRun,
  "release.cool": releaseCool,
  "service.converge": serviceConverge,
  "project.remove": projectRemove,
  "repository.inspect": repositoryInspect,
  "logs.trim": logsTrim,
  "cleanup.run": cleanupRun,
  "stray.remove": strayRemove,
  "retention.clean": retentionClean,
};
