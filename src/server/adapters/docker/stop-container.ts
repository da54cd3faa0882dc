import type Dockerode from "dockerode";
import { statusOf, translateError } from "./translate-error";

/**
 * SIGTERM, then SIGKILL after `graceSeconds`. Also takes a container out of the pause between two restarts.
 * `answerTimeoutMs`: what the Engine gets beyond the grace.
 */
export async function stopContainer(
  docker: Dockerode,
  name: string,
  graceSeconds: number,
  answerTimeoutMs: number,
): Promise<void> {
  const abortSignal = AbortSignal.timeout(graceSeconds * 1000 + answerTimeoutMs);
  try {
    await docker.getContainer(name).stop({ t: graceSeconds, abortSignal });
  } catch (error) {
    const status = statusOf(error);
    if (status === 304 || status === 404) return; // It does not run, or is not there.
    throw translateError(error);
  }
}
