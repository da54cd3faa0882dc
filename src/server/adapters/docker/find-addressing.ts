import type Dockerode from "dockerode";
import type { Addressing } from "./container-body";
import { translateError } from "./translate-error";

/**
 * "auto": the bridge network where this machine's own kernel runs the containers, else published ports. Docker Desktop
 * runs them in a virtual machine, on Linux too. Asked once, at the first container.
 */
export function findAddressing(
  docker: Dockerode,
  configured: Addressing | "auto",
  local: boolean,
): () => Promise<Addressing> {
  let found: Addressing | null = configured === "auto" ? null : configured;
  return async () => {
    if (found) return found;
    const { OperatingSystem } = await docker.info().catch((error: unknown) => {
      throw translateError(error);
    });
    const bridge = local && process.platform === "linux" && OperatingSystem !== "Docker Desktop";
    found = bridge ? "bridge" : "loopback";
    return found;
  };
}
