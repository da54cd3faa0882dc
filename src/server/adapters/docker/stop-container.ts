import type Dockerode from "dockerode";
import { statusOf, translateError } from "./translate-error";

/** SIGTERM, then SIGKILL after `graceSeconds`. Also takes a container out of the pause between two restarts. */
export async function stopContainer(docker: Dockerode, name: string, graceSeconds: number): Promise<void> {
  try {
    await docker.getContainer(name).stop({ t: graceSeconds });
  } catch (error) {
    const status = statusOf(error);
    if (status === 304 || status === 404) return; // It does not run, or is not there.
    throw translateError(error);
  }
}
