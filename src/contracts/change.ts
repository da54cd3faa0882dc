/**
 * What project.watch, project.watchAll, service.watch and platform.watch send: something changed, read it again. The
 * first one, "connected", comes at once and after every reconnect, so that what happened in between is not missed.
 * "queue": the places of those that wait for a build slot may be others. "worker": one began or ended.
 */
export type ChangeTick = {
  type: "connected" | "project" | "service" | "deployment" | "queue" | "worker";
  serviceId: string | null;
  deploymentId: string | null;
};
