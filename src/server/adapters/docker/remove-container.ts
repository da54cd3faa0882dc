import { setTimeout as pause } from "node:timers/promises";
import type Dockerode from "dockerode";
import { orAbsent, statusOf, translateError } from "./translate-error";

const pollMs = 100;
const patienceMs = 20_000;

/** Removes it with its anonymous volumes, running or not; waits where somebody else is removing it already. */
export async function removeContainer(docker: Dockerode, name: string): Promise<void> {
  const container = docker.getContainer(name);
  try {
    await container.remove({ force: true, v: true });
  } catch (error) {
    if (statusOf(error) === 404) return;
    if (statusOf(error) !== 409) throw translateError(error);
    await gone(container, error);
  }
}

async function gone(container: Dockerode.Container, conflict: unknown): Promise<void> {
  for (let waitedMs = 0; waitedMs < patienceMs; waitedMs += pollMs) {
    if (!(await orAbsent(container.inspect(), null))) return;
    await pause(pollMs);
  }
  throw translateError(conflict);
}
