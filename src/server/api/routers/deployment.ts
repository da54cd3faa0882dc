import { createDeploymentInput, deploymentInput, listDeploymentsInput } from "@/contracts/deployment";
import { byDeploymentId, byServiceId } from "@/server/api/scopes";
import { authorized, router } from "@/server/api/trpc";
import { cancelDeployment } from "@/server/services/deployment/cancel-deployment";
import { compareDeployment } from "@/server/services/deployment/compare-deployment";
import { createDeployment } from "@/server/services/deployment/create-deployment";
import { getDeployment } from "@/server/services/deployment/get-deployment";
import { getReceipt } from "@/server/services/deployment/get-receipt";
import { listDeployments } from "@/server/services/deployment/list-deployments";
import { rollbackDeployment } from "@/server/services/deployment/rollback-deployment";
import { watchDeployment } from "@/server/services/deployment/watch-deployment";

export const deploymentRouter = router({
  list: authorized("deployment.read", byServiceId)
    .input(listDeploymentsInput)
    .query(({ ctx, input }) => listDeployments(ctx, input)),
  get: authorized("deployment.read", byDeploymentId)
    .input(deploymentInput)
    .query(({ ctx, input }) => getDeployment(ctx, input.deploymentId)),
  receipt: authorized("deployment.read", byDeploymentId)
    .input(deploymentInput)
    .query(({ ctx, input }) => getReceipt(ctx, input.deploymentId)),
  difference: authorized("deployment.read", byDeploymentId)
    .input(deploymentInput)
    .query(({ ctx, input }) => compareDeployment(ctx, input.deploymentId)),
  create: authorized("deployment.create", byServiceId)
    .input(createDeploymentInput)
    .mutation(({ ctx, input }) => createDeployment(ctx, { ...input, trigger: "manual" })),
  cancel: authorized("deployment.cancel", byDeploymentId)
    .input(deploymentInput)
    .mutation(({ ctx, input }) => cancelDeployment(ctx, input.deploymentId)),
  rollback: authorized("deployment.create", byDeploymentId)
    .input(deploymentInput)
    .mutation(({ ctx, input }) => rollbackDeployment(ctx, input.deploymentId)),
  watch: authorized("deployment.read", byDeploymentId)
    .input(deploymentInput)
    .subscription(({ ctx }) => watchDeployment(ctx, ctx.access, ctx.signal)),
});
