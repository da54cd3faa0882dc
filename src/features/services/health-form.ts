/** The health check with text in front: times as people write them, statuses as "200-399". */
import { z } from "zod";
import { healthCheckSchema, healthSettingsSchema } from "@/contracts/health";
import { formatSpan, parseSpan } from "@/domain/health/format-span";
import { defaultHealth, type HealthCheck, type HealthSettings, usualStatuses } from "@/domain/health/health-settings";
import { parseWhole, typed } from "./typed-field";

const { intervalMs, timeoutMs, threshold, startPeriodMs } = healthSettingsSchema.shape;

const fields = z.object({
  check: z.enum(["tcp", "http", "image"]),
  path: z.string(),
  statuses: z.string(),
  intervalMs: typed({
    parse: parseSpan,
    schema: intervalMs.unwrap(),
    wanted: "Enter a time from 1 s to 5 min, such as 10 s.",
  }),
  timeoutMs: typed({
    parse: parseSpan,
    schema: timeoutMs.unwrap(),
    wanted: "Enter a time from 100 ms to 1 min, such as 5 s.",
  }),
  threshold: typed({ parse: parseWhole, schema: threshold.unwrap(), wanted: "Enter a number from 1 to 5." }),
  startPeriodMs: typed(
    {
      parse: parseSpan,
      schema: startPeriodMs.unwrap().unwrap(),
      wanted: "Enter a time up to 30 min, such as 1 min, or nothing.",
    },
    { value: null },
  ),
});

export const healthForm = fields.transform(({ check: type, path, statuses, ...times }, context): HealthSettings => {
  const refuse = (field: "path" | "statuses", message: string, input: string) => {
    context.issues.push({ code: "custom", message, path: [field], input });
    return z.NEVER;
  };
  if (type !== "http") return { check: { type }, ...times };
  const range = parseStatuses(statuses);
  if (!range) return refuse("statuses", "Enter statuses such as 200-399, or one such as 204.", statuses);
  const checked = healthCheckSchema.safeParse({ type, path, ...range });
  if (checked.success) return { check: checked.data, ...times };
  const [issue] = checked.error.issues;
  const isPath = issue?.path[0] === "path";
  return refuse(isPath ? "path" : "statuses", issue?.message ?? "Not valid.", isPath ? path : statuses);
});

export type HealthForm = z.input<typeof healthForm>;

/** "200-399", "200 to 399", "204". */
function parseStatuses(text: string): { statusFrom: number; statusTo: number } | null {
  const match = /^(\d{3})(?:\s*(?:-|–|to)\s*(\d{3}))?$/.exec(text.trim());
  return match ? { statusFrom: Number(match[1]), statusTo: Number(match[2] ?? match[1]) } : null;
}

export function healthToForm(settings: HealthSettings): HealthForm {
  const { check } = settings;
  const { statusFrom, statusTo } = check.type === "http" ? check : usualStatuses;
  return {
    check: check.type,
    path: check.type === "http" ? check.path : "",
    statuses: statusFrom === statusTo ? String(statusFrom) : `${statusFrom}-${statusTo}`,
    intervalMs: formatSpan(settings.intervalMs),
    timeoutMs: formatSpan(settings.timeoutMs),
    threshold: String(settings.threshold),
    startPeriodMs: settings.startPeriodMs === null ? "" : formatSpan(settings.startPeriodMs),
  };
}

export const healthFormDefaults = healthToForm(defaultHealth);

const ofCheck: Record<string, string> = { type: "check", path: "path", statusFrom: "statuses", statusTo: "statuses" };

/** The form's name for a path of the procedure's input: "runtime.health.check.statusTo" -> "runtime.health.statuses". */
export function toHealthField(path: string): string {
  const match = /^runtime\.health\.check\.(\w+)$/.exec(path);
  return match ? `runtime.health.${ofCheck[match[1] ?? ""]}` : path;
}

export const checkLabels: Record<HealthCheck["type"], string> = {
  tcp: "The port is open",
  http: "A path answers",
  image: "The image's HEALTHCHECK",
};
