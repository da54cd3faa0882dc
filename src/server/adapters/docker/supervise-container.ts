import { setTimeout as pause } from "node:timers/promises";
import type Dockerode from "dockerode";
import { orAbsent, reasonOf, statusOf } from "./translate-error";

const againMs = 50;
const attempts = 40;

/**
 * See the port. What somebody stopped stays down, also over a restart of the Engine. Throws engine_unavailable,
 * engine_refused.
 */
export async function superviseContainer(docker: Dockerode, name: string): Promise<void> {
  const container = docker.getContainer(name);
  const update = () => container.update({ RestartPolicy: { Name: "unless-stopped" } });
  for (let attempt = 1; attempt < attempts; attempt += 1) {
    const done = await orAbsent(update().catch(endedMeanwhile), null);
    if (done !== "ended") return;
    await pause(againMs);
  }
  await orAbsent(update(), null);
}

/** The Engine takes back an update of a container that ends at that moment; of one that has ended it takes it. */
function endedMeanwhile(error: unknown): "ended" {
  if (statusOf(error) === 500 && /cannot update container/i.test(reasonOf(error))) return "ended";
  throw error;
}
