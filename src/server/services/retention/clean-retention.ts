import type { WorkerContext } from "@/server/context";
import { cleanCheckouts } from "./clean-checkouts";
import { cleanImages } from "./clean-images";
import { cleanLogs } from "./clean-logs";
import { cleanRows } from "./clean-rows";

/** Removes what nobody needs any more. Every part looks at what is there, so it may be ended anywhere and run again. */
export async function cleanRetention(context: WorkerContext, signal: AbortSignal): Promise<void> {
  await cleanImages(context, signal);
  await cleanLogs(context, signal);
  await cleanRows(context);
  await cleanCheckouts(context);
}
