import type { z } from "zod";
import type { ServiceEvent } from "@/domain/service-event";
import { idSchema, pageInput } from "./common";
import type { DeploymentSummary } from "./deployment";

export const listServiceHistoryInput = pageInput.extend({ serviceId: idSchema("service") });

export type ListServiceHistoryInput = z.infer<typeof listServiceHistoryInput>;

/** `byName`: of the person whose doing it was, where it was one's. */
export type ServiceEventView = ServiceEvent & { byName: string | null };

/** One entry of a service's timeline: a deployment, by the moment it was made, or what happened beside them. */
export type HistoryItem = { id: string; at: Date } & (
  | { type: "deployment"; deployment: DeploymentSummary }
  | { type: "event"; event: ServiceEventView }
);
