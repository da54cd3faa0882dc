import { eq, isNull } from "drizzle-orm";
import type { Db } from "@/server/db/client";
import { projects, services, trafficSwitches } from "@/server/db/schema";
import type { SwitchRow } from "./switch-row";

export type OpenSwitch = {
  row: SwitchRow;
  projectId: string;
  organizationId: string;
  liveDeploymentId: string | null;
  desiredState: "running" | "stopped" | "deleted";
};

/** Switches that are still counted or guarded. */
export async function listOpenSwitches(db: Db): Promise<OpenSwitch[]> {
  return db
    .select({
      row: trafficSwitches,
      projectId: services.projectId,
      organizationId: projects.organizationId,
      liveDeploymentId: services.liveDeploymentId,
      desiredState: services.desiredState,
    })
    .from(trafficSwitches)
    .innerJoin(services, eq(services.id, trafficSwitches.serviceId))
    .innerJoin(projects, eq(projects.id, services.projectId))
    .where(isNull(trafficSwitches.settledAt));
}
