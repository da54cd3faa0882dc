import type Dockerode from "dockerode";
import type { DiskSpace } from "@/domain/disk";
import { readDiskSpace } from "@/server/disk-space";
import { translateError } from "./translate-error";

/** Of the file system of the Engine's data directory; null where that is not on this machine (`local`). */
export async function diskSpace(docker: Dockerode, local: boolean): Promise<DiskSpace | null> {
  if (!local) return null;
  const info: unknown = await docker.info().catch((error: unknown) => {
    throw translateError(error);
  });
  const root = info && typeof info === "object" && "DockerRootDir" in info ? info.DockerRootDir : null;
  // Not there or not ours to see: a virtual machine, or a directory that only root may enter.
  return typeof root === "string" ? readDiskSpace(root) : null;
}
