import type Dockerode from "dockerode";
import type { ContainerState } from "@/server/ports";
import { containerState } from "./container-state";
import { labelFilter } from "./label-filter";
import { orAbsent, translateError } from "./translate-error";

/** Inspects each one, sixteen at a time: the Engine's list knows neither restart counts nor exit codes. */
export async function listContainers(docker: Dockerode, labels: Record<string, string>): Promise<ContainerState[]> {
  const found = await docker.listContainers({ all: true, filters: labelFilter(labels) }).catch((error: unknown) => {
    throw translateError(error);
  });
  const states: ContainerState[] = [];
  for (let start = 0; start < found.length; start += 16) {
    const batch = found.slice(start, start + 16);
    const inspected = await Promise.all(batch.map(({ Id }) => findContainer(docker, Id)));
    states.push(...inspected.filter((state) => state !== null));
  }
  return states;
}

/** By name or id; null where there is none. */
export async function findContainer(docker: Dockerode, name: string): Promise<ContainerState | null> {
  const info = await orAbsent(docker.getContainer(name).inspect(), null);
  return info && containerState(info);
}
