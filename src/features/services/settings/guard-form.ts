/** The guard's settings with text in front: what people type ("5 min", "10 %", an empty field) and what is stored. */
import { z } from "zod";
import { guardSettingsSchema } from "@/contracts/guard";
import type { GuardSettings } from "@/domain/guard/guard-settings";
import { formatSeconds, parseSeconds } from "@/features/services/amounts";
import { typed } from "@/features/services/typed-field";

const guard = guardSettingsSchema.shape;

function parseDecimal(text: string): number | null {
  const match = /^(\d{1,9}(?:[.,]\d{1,3})?)\s*[%x×]?$/.exec(text.trim());
  return match ? Number((match[1] ?? "").replace(",", ".")) : null;
}

function parseShare(text: string): number | null {
  const percent = parseDecimal(text);
  return percent === null ? null : percent / 100;
}

/** Within a nullable setting an empty field means: not judged. */
const notJudged = { value: null };

export const guardForm = z.object({
  enabled: z.enum(["on", "off"]).transform((choice) => choice === "on"),
  windowSeconds: typed({
    parse: parseSeconds,
    schema: guard.windowSeconds,
    wanted: "Enter a time from 30 s to 1 h, such as 5 min.",
  }),
  maxErrorRateIncrease: typed(
    {
      parse: parseShare,
      schema: guard.maxErrorRateIncrease.unwrap(),
      wanted: "Enter a share from 0.1 to 100 %, or nothing.",
    },
    notJudged,
  ),
  maxP95Factor: typed(
    { parse: parseDecimal, schema: guard.maxP95Factor.unwrap(), wanted: "Enter a factor from 1.1 to 100, or nothing." },
    notJudged,
  ),
  minRequests: typed({
    parse: parseDecimal,
    schema: guard.minRequests,
    wanted: "Enter a number from 10 to 1,000,000.",
  }),
  maxRestarts: typed(
    { parse: parseDecimal, schema: guard.maxRestarts.unwrap(), wanted: "Enter a number from 1 to 100, or nothing." },
    notJudged,
  ),
});

export type GuardForm = { guard: z.input<typeof guardForm> };

export function guardToForm(settings: GuardSettings): GuardForm["guard"] {
  const orEmpty = (value: number | null, unit = "") => (value === null ? "" : `${value}${unit}`);
  const percent =
    settings.maxErrorRateIncrease === null ? null : Number((settings.maxErrorRateIncrease * 100).toFixed(3));
  return {
    enabled: settings.enabled ? "on" : "off",
    windowSeconds: formatSeconds(settings.windowSeconds),
    maxErrorRateIncrease: orEmpty(percent, " %"),
    maxP95Factor: orEmpty(settings.maxP95Factor),
    minRequests: String(settings.minRequests),
    maxRestarts: orEmpty(settings.maxRestarts),
  };
}
