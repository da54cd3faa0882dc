/** JSON that grows with the platform: rows keep what was true when they were written, and are read as if written today. */
import { customType } from "drizzle-orm/pg-core";
import {
  completeRuntime,
  completeSnapshot,
  type StoredRuntime,
  type StoredSnapshot,
} from "@/domain/plan/stored-settings";
import type { RuntimeSettings, ServiceSnapshot } from "@/domain/plan/types";

export const runtimeColumn = customType<{ data: RuntimeSettings; driverData: string | StoredRuntime }>({
  dataType: () => "jsonb",
  toDriver: (settings) => JSON.stringify(settings),
  fromDriver: (stored) => completeRuntime(parsed(stored)),
});

export const snapshotColumn = customType<{ data: ServiceSnapshot; driverData: string | StoredSnapshot }>({
  dataType: () => "jsonb",
  toDriver: (snapshot) => JSON.stringify(snapshot),
  fromDriver: (stored) => completeSnapshot(parsed(stored)),
});

/** The driver hands JSON on as text or parsed, as it was set up. */
function parsed<T>(stored: string | T): T {
  return typeof stored === "string" ? (JSON.parse(stored) as T) : stored; // safe because toDriver alone writes it
}
