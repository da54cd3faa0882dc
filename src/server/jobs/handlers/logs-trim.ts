import { cleanLogs } from "@/server/services/retention/clean-logs";
import type { Handler } from "./handler";

export const logsTrim: Handler<"logs.trim"> = (context, _payload, signal) => cleanLogs(context, signal);
