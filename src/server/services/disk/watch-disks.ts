import type { WorkerContext } from "@/server/context";
import { repeat } from "@/server/services/worker/repeat";
import { guardDisks } from "./guard-disks";

/** Until the signal aborts. Whatever fails is tried again. */
export async function watchDisks(context: WorkerContext, signal: AbortSignal): Promise<void> {
  await repeat("looking at the disks", context.log, signal, () => guardDisks(context));
}
