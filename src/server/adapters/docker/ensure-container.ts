import { setTimeout as pause } from "node:timers/promises";
import type Dockerode from "dockerode";
import { AppError } from "@/domain/errors";
import type { ContainerSpec } from "@/domain/plan/types";
import type { ContainerState } from "@/server/ports";
import { type Addressing, containerBody } from "./container-body";
import { containerState } from "./container-state";
import { orAbsent, reasonOf, statusOf, translateError } from "./translate-error";

const pollMs = 50;
const patienceMs = 10_000;

/** Finds or creates, then starts. Throws image_not_found, invalid_start_command, engine_refused, engine_unavailable. */
export async function ensureContainer(
  docker: Dockerode,
  spec: ContainerSpec,
  addressing: Addressing,
  signal?: AbortSignal,
): Promise<ContainerState> {
  signal?.throwIfAborted();
  const container = docker.getContainer(spec.name);
  if (!(await orAbsent(container.inspect(), null))) await createContainer(docker, spec, addressing);
  signal?.throwIfAborted();
  await startContainer(container, spec);
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

async function startContainer(container: Dockerode.Container, spec: ContainerSpec): Promise<void> {
  try {
    await container.start();
  } catch (error) {
    if (statusOf(error) === 304) return; // It runs already.
    const reason = reasonOf(error);
    if (isBadCommand(reason)) {
      throw new AppError("invalid_start_command", { details: { command: spec.command, reason }, cause: error });
    }
    throw translateError(error);
  }
}

/** The runtime's words for a program that cannot be executed; a missing working directory counts too. */
function isBadCommand(reason: string): boolean {
  return /executable file not found|exec: .*(no such file|permission denied|format error)|exec format error/i.test(
    reason,
  );
}

function rethrowTranslated(error: unknown): never {
  throw translateError(error);
}
