import type Dockerode from "dockerode";
import { labelFilter } from "./label-filter";

/** Between a container's creation and its start lie milliseconds. */
const abandonedAfterSeconds = 60;

/** Removes containers with these labels that somebody created and, killed at that moment, never started. */
export async function removeUnstarted(docker: Dockerode, labels: Record<string, string>): Promise<void> {
  const filters = { ...labelFilter(labels), status: ["created"] };
  for (const { Id, Created } of await docker.listContainers({ all: true, filters })) {
    if (Date.now() / 1000 - Created > abandonedAfterSeconds) await docker.getContainer(Id).remove();
  }
}
