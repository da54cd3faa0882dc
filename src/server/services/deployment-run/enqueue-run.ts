import { chooseNext } from "@/domain/deployment/choose-next";
import type { Db } from "@/server/db/client";
import { enqueue } from "@/server/jobs/enqueue";
import { listWaiting } from "./list-waiting";

/** Has the unfinished deployments of a service worked on, if there are any. */
export async function enqueueRun(db: Db, serviceId: string): Promise<void> {
  const next = chooseNext(await listWaiting(db, serviceId));
  if (next) await enqueue(db, "deployment.run", { deploymentId: next.id });
}
