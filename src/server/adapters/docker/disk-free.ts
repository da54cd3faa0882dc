import { statfs } from "node:fs/promises";
import type Dockerode from "dockerode";
import { translateError } from "./translate-error";

/** Bytes free on the file system of the Engine's data directory; null where that is not on this machine (`local`). */
export async function diskFreeBytes(docker: Dockerode, local: boolean): Promise<number | null> {
  if (!local) return null;
  const info: unknown = await docker.info().catch((error: unknown) => {
    throw translateError(error);
  });
  const root = info && typeof info === "object" && "DockerRootDir" in info ? info.DockerRootDir : null;
  if (typeof root !== "string") return null;
  try {
    const { bavail, bsize } = await statfs(root);
    return bavail * bsize;
  } catch {
    return null; // Not there or not ours to see: a virtual machine, or a directory that only root may enter.
  }
}
