/** A small file system in a file, on a loop device, that can be filled to the last block. Needs root. */
import { execFile } from "node:child_process";
import { mkdir, rm, statfs, truncate, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";

const execute = promisify(execFile);
const mib = 2 ** 20;

export type SmallDisk = {
  /** Where it is mounted. */
  path: string;
  fill(): Promise<void>;
  empty(): Promise<void>;
  unmount(): Promise<void>;
};

export async function mountSmallDisk(directory: string, sizeMib: number): Promise<SmallDisk> {
  const file = path.join(directory, "disk.img");
  const target = path.join(directory, "disk");
  const ballast = path.join(target, "ballast");
  await mkdir(target, { recursive: true });
  await writeFile(file, "");
  await truncate(file, sizeMib * mib);
  // No blocks kept back for root: a full disk is to be full for everybody.
  await execute("mkfs.ext4", ["-q", "-F", "-m", "0", file]);
  await execute("mount", ["-o", "loop", file, target]);
  return {
    path: target,
    async fill() {
      const { bavail, bsize } = await statfs(target);
      await execute("fallocate", ["-l", String(Math.max(1, bavail * bsize - mib)), ballast]);
    },
    empty: () => rm(ballast, { force: true }),
    async unmount() {
      await execute("umount", ["-l", target]);
      await rm(file, { force: true });
    },
  };
}
