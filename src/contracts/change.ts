/**
 * What project.watch, project.watchAll, service.watch and platform.watch send: something changed, read it again. The
 * first one, "connected", comes at once and after every reconnect, so that what happened in between is not missed.
 * "queue": the places of those that wait for a build slot may be others. "worker": one began or ended. "platform": what
 * everybody may know of it is something else. "storage": disks, cleanups, strays. "viewer": where the
 * person belongs, or what they may do there, is something else.
 */
export type ChangeTick = {
  type: "connected" | "project" | "service" | "deployment" | "queue" | "worker" | "platform" | "storage" | "viewer";
  serviceId: string | null;
  deploymentId: string | null;
};
