import type Dockerode from "dockerode";
import { orAbsent, translateError } from "./translate-error";

/**
 * BuildKit inside Docker puts every RUN step on the default bridge and on no other. Null where containers live in a
 * machine (Docker Desktop, a remote Engine) or a network namespace (rootless) of their own.
 */
export async function hostNetwork(docker: Dockerode, local: boolean): Promise<{ buildBridge: string | null } | null> {
  if (!local || process.platform !== "linux") return null;
  const info: { OperatingSystem?: string; SecurityOptions?: string[] } = await docker.info().catch((error: unknown) => {
    throw translateError(error);
  });
  const rootless = info.SecurityOptions?.includes("name=rootless") ?? false;
  if (rootless || info.OperatingSystem === "Docker Desktop") return null;
  const network = await orAbsent(docker.getNetwork("bridge").inspect(), null);
  return { buildBridge: network && (network.Options?.["com.docker.network.bridge.name"] ?? "docker0") };
}
