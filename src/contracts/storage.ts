import { z } from "zod";
import type { DiskLevel } from "@/domain/disk";
import type { ErrorRecord } from "@/domain/errors";
import type { CleanupItem, CleanupPolicy } from "@/domain/retention";
import type { StrayKind, StrayReason } from "@/domain/strays";
import { idSchema, pageInput } from "./common";

/** Storage is the whole instance's: the organization is the one that operates it. */
const operator = { organizationId: idSchema("organization") };

export const storageInput = z.object(operator);
export const listCleanupsInput = pageInput.extend(operator);
export const listCleanupItemsInput = pageInput.extend({ ...operator, cleanupId: idSchema("cleanup") });
export const listStraysInput = pageInput.extend(operator);
export const strayInput = z.object({ ...operator, strayId: idSchema("stray") });

export type ListCleanupsInput = z.infer<typeof listCleanupsInput>;
export type ListCleanupItemsInput = z.infer<typeof listCleanupItemsInput>;
export type ListStraysInput = z.infer<typeof listStraysInput>;
export type StrayInput = z.infer<typeof strayInput>;

export const diskPlaces = ["engine", "data", "database"] as const;

/** "engine": where Docker keeps images and containers. "data": the platform's own directory. */
export type DiskView = {
  place: (typeof diskPlaces)[number];
  totalBytes: number;
  freeBytes: number;
  level: DiskLevel;
};

export type StorageView = {
  /** As the worker last saw them; empty before it ever looked. Those on other machines are left out. */
  disks: DiskView[];
  checkedAt: Date | null;
  level: DiskLevel;
  /** As they are set: "85%" used, or "10GB" free. */
  marks: { clean: string; refuse: string };
  policy: CleanupPolicy & { logDays: number };
};

export type CleanupView = {
  id: string;
  mode: "preview" | "clean";
  trigger: "schedule" | "disk" | "person";
  requestedBy: string | null;
  status: "queued" | "running" | "done";
  error: ErrorRecord | null;
  freedBytes: number;
  createdAt: Date;
  finishedAt: Date | null;
  /** What goes, went, or could not go; what is kept is not counted. */
  counts: { planned: number; removed: number; spared: number; failed: number };
};

export type CleanupItemView = CleanupItem & {
  position: number;
  outcome: "removed" | "spared" | "failed" | null;
  error: ErrorRecord | null;
};

export type StrayView = {
  id: string;
  kind: StrayKind;
  name: string;
  reason: StrayReason;
  serviceId: string | null;
  sizeBytes: number | null;
  firstSeenAt: Date;
  removalRequested: boolean;
  error: ErrorRecord | null;
};
