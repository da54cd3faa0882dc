import { runCleanup } from "@/server/services/retention/run-cleanup";
import type { Handler } from "./handler";

export const cleanupRun: Handler<"cleanup.run"> = (context, { cleanupId }, signal) =>
  runCleanup(context, cleanupId, signal);
