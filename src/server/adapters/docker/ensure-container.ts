import { setTimeout as pause } from "node:timers/promises";
import type Dockerode from "dockerode";
import { isAppError } from "@/domain/errors";
import type { ContainerSpec } from "@/domain/plan/types";
import type { ContainerState } from "@/server/ports";
import { type Addressing, containerBody } from "./container-body";
import { containerState } from "./container-state";
import { removeContainer } from "./remove-container";
import { orAbsent, reasonOf, statusOf, translateError } from "./translate-error";

const pollMs = 50;
const patienceMs = 10_000;

/**
 * Finds or creates, then starts; one that was there and cannot be started is made anew. Throws image_not_found, environment_full, engine_refused, engine_unavailable. A command that cannot be
 * executed is no error here: process 1 is Docker's, which then ends with 126 or 127.
 */
export async function ensureContainer(
  docker: Dockerode,
  spec: ContainerSpec,
  addressing: Addressing,
  signal?: AbortSignal,
): Promise<ContainerState> {
  signal?.throwIfAborted();
  const container = docker.getContainer(spec.name);
  const isThere = (await orAbsent(container.inspect(), null)) !== null;
  if (!isThere) await createContainer(docker, spec, addressing);
  signal?.throwIfAborted();
  try {
    await startContainer(container);
  } catch (error) {
    if (!isThere || !isAppError(error, "engine_refused")) throw error;
    // The Engine may lose track of a container across its own restart ("task already exists"), or its network is
    // another one by now: such a container never starts again, and one made anew does.
    await removeContainer(docker, spec.name);
    await createContainer(docker, spec, addressing);
    await startContainer(container);
  }
  return containerState(await container.inspect().catch(rethrowTranslated));
}

async function createContainer(docker: Dockerode, spec: ContainerSpec, addressing: Addressing): Promise<void> {
  try {
    await docker.createContainer(containerBody(spec, addressing));
  } catch (error) {
    if (statusOf(error) === 409) return appeared(docker, spec.name, error);
    const missingImage = statusOf(error) === 404 && /no such image/i.test(reasonOf(error));
    throw translateError(error, missingImage ? "image_not_found" : "engine_refused", { reference: spec.image });
  }
}

/** Somebody else creates it at this moment: the Engine gives the name away a little before the container can be seen. */
async function appeared(docker: Dockerode, name: string, conflict: unknown): Promise<void> {
  for (let waitedMs = 0; waitedMs < patienceMs; waitedMs += pollMs) {
    if (await orAbsent(docker.getContainer(name).inspect(), null)) return;
    await pause(pollMs);
  }
  throw translateError(conflict);
}

async function startContainer(container: Dockerode.Container): Promise<void> {
  try {
    await container.start();
  } catch (error) {
    if (statusOf(error) === 304) return; // It runs already.
    const full = /no available IPv4 addresses/i.test(reasonOf(error));
    throw translateError(error, full ? "environment_full" : "engine_refused");
  }
}

function rethrowTranslated(error: unknown): never {
  throw translateError(error);
}
