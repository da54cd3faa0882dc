import { statfs } from "node:fs/promises";
import type { DiskSpace } from "@/domain/disk";

/** Of the file system that a path is on, as `df` counts; null where the path is not there or not ours to see. */
export async function readDiskSpace(path: string): Promise<DiskSpace | null> {
  try {
    const { blocks, bfree, bavail, bsize } = await statfs(path);
    return { totalBytes: (blocks - bfree + bavail) * bsize, freeBytes: bavail * bsize };
  } catch {
    return null;
  }
}
