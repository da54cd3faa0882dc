import type { DeploymentView } from "@/contracts/deployment";
import type { ServiceContext } from "@/server/context";
import { watch } from "@/server/services/changes/watch";
import { getDeployment } from "./get-deployment";

/**
 * The deployment now and after every change. A change of another deployment of the service counts too: it may replace
 * this one. So it goes on when this one is over. While it waits, what others do moves its place; without a worker it
 * stands still.
 */
export function watchDeployment(
  context: ServiceContext,
  { deploymentId, serviceId }: { deploymentId: string; serviceId: string },
  signal: AbortSignal,
): AsyncGenerator<DeploymentView, void> {
  let waits = true;
  return watch(
    context,
    {
      matches: (event) =>
        (event.type === "deployment" && event.serviceId === serviceId) ||
        (event.type === "queue" && waits) ||
        event.type === "worker",
      async read() {
        const view = await getDeployment(context, deploymentId);
        waits = view.waiting !== null;
        return view;
      },
    },
    signal,
  );
}
