import { z } from "zod";
import type { GuardSettings } from "@/domain/guard/guard-settings";

export const guardSettingsSchema = z.object({
  enabled: z.boolean(),
  windowSeconds: z.number().int().min(30).max(3600),
  maxErrorRateIncrease: z.number().min(0.001).max(1).nullable(),
  maxP95Factor: z.number().min(1.1).max(100).nullable(),
  minRequests: z.number().int().min(10).max(1_000_000),
  maxRestarts: z.number().int().min(1).max(100).nullable(),
}) satisfies z.ZodType<GuardSettings, unknown>;
