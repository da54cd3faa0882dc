/**
 * What project.watch, project.watchAll and service.watch send: something changed, read it again. The first one, "connected", comes at
 * once and after every reconnect, so that what happened in between is not missed. "queue": the places of those that wait
 * for a build slot may be others.
 */
export type ChangeTick = {
  type: "connected" | "project" | "service" | "deployment" | "queue";
  serviceId: string | null;
  deploymentId: string | null;
};
