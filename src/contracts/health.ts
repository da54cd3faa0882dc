import { z } from "zod";
import { defaultHealth, type HealthSettings, usualStatuses } from "@/domain/health/health-settings";

const status = z.number().int().min(100, "A status is a number from 100 to 599.").max(599);

const path = z
  .string()
  .trim()
  .max(500, "At most 500 characters.")
  // biome-ignore lint/suspicious/noControlCharactersInRegex: refusing them is the point
  .regex(/^\/[^\u0000-\u0020\u007f]*$/, "Start with a slash, without spaces: /health");

export const healthCheckSchema = z.discriminatedUnion("type", [
  z
    .object({
      type: z.literal("http"),
      path,
      statusFrom: status.default(usualStatuses.statusFrom),
      statusTo: status.default(usualStatuses.statusTo),
    })
    .refine(({ statusFrom, statusTo }) => statusFrom <= statusTo, {
      path: ["statusTo"],
      message: "The range ends before it begins.",
    }),
  z.object({ type: z.literal("tcp") }),
  z.object({ type: z.literal("image") }),
]);

/** Times in ms. Whether they fit HEALTH_TIMEOUT_SECONDS is told when they are stored. */
export const healthSettingsSchema = z.object({
  check: healthCheckSchema.default(defaultHealth.check),
  intervalMs: z.number().int().min(1_000).max(300_000).default(defaultHealth.intervalMs),
  timeoutMs: z.number().int().min(100).max(60_000).default(defaultHealth.timeoutMs),
  // The Engine remembers five results of a HEALTHCHECK.
  threshold: z.number().int().min(1).max(5).default(defaultHealth.threshold),
  startPeriodMs: z.number().int().min(0).max(1_800_000).nullable().default(defaultHealth.startPeriodMs),
}) satisfies z.ZodType<HealthSettings, unknown>;
