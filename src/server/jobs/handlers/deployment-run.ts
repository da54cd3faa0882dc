import { runDeployments } from "@/server/services/deployment-run/run-deployments";
import type { Handler } from "./handler";

export const deploymentRun: Handler<"deployment.run"> = (context, { deploymentId }, signal) =>
  runDeployments(context, deploymentId, signal);
