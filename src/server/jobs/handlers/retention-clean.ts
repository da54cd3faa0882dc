import { cleanRetention } from "@/server/services/retention/clean-retention";
import type { Handler } from "./handler";

export const retentionClean: Handler<"retention.clean"> = (context, _payload, signal) =>
  cleanRetention(context, signal);
