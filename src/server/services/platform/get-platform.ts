import type { PlatformView } from "@/contracts/platform";
import type { ServiceContext } from "@/server/context";
import { isWorkerRunning } from "@/server/services/worker/heartbeat";

export async function getPlatform(context: Pick<ServiceContext, "db">): Promise<PlatformView> {
  return { workerRunning: await isWorkerRunning(context) };
}
