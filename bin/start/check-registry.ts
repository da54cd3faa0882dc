import { reachesRegistry } from "./docker-engine";
import { isOnPath } from "./is-on-path";
import type { Instance } from "./prepare-instance";
import type { Progress } from "./progress.mjs";
import { canInstall, installCommand, installPackages, type Machine } from "./system-packages";

const timeoutMs = 5000;

/**
 * Says where no registry answers: base images are then assembled from what this machine has (Node.js and
 * BusyBox); busybox-static is installed where we may.
 */
export async function checkRegistry(instance: Instance, machine: Machine, progress: Progress): Promise<void> {
  const { host, imageMirror } = instance.config.docker;
  if (host === null || (await reachesRegistry(host, imageMirror, timeoutMs))) return;
  const registry =
    imageMirror === null ? "No image registry" : `The registry mirror ${imageMirror} does not answer: it`;
  if (process.platform !== "linux") {
    return progress.note(`${registry} can be reached: only images that the Engine has already can be used.`);
  }
  progress.note(`${registry} can be reached: base images will be assembled from this machine (docker/base).`);
  if (isOnPath("busybox")) return;
  if (!canInstall(machine)) {
    return progress.note(`For those busybox-static is needed: ${installCommand(machine, ["busybox-static"])}`);
  }
  await progress.step("Busybox", async ({ detail }) => {
    await installPackages(["busybox-static"]);
    detail("Debian's busybox-static installed, for base images");
  });
}
