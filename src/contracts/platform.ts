import type { DiskView } from "./storage";

/** What everybody who is signed in may know of the platform itself. */
export type PlatformView = {
  /** Without a worker everything that people ask for waits; what is online stays online. */
  workerRunning: boolean;
  /** Since when the worker cannot reach the Docker Engine: states of containers are as they were last seen. */
  engineUnreachableSince: Date | null;
  /** The fullest disk that reached a mark. */
  fullDisk: (Pick<DiskView, "place" | "level"> & { usedPercent: number }) | null;
};
