import { spanInWords } from "@/domain/deployment/limits";
import { AppError } from "@/domain/errors";
import { type HealthSettings, neededMs } from "@/domain/health/health-settings";
import type { Config } from "@/server/config";

/** Throws invalid_input where a release with these settings could not be healthy within the server's limit. */
export function refuseSlowHealth(health: HealthSettings, { deploy }: Pick<Config, "deploy">): void {
  const needed = neededMs(health);
  if (needed <= deploy.healthTimeoutMs) return;
  const [field, what] =
    health.startPeriodMs === null
      ? ["intervalMs", "The good answers"]
      : ["startPeriodMs", "Start period and good answers"];
  const allowed = `${spanInWords(deploy.healthTimeoutMs)} (HEALTH_TIMEOUT_SECONDS)`;
  const message = `${what} take ${spanInWords(needed)} together; this server allows ${allowed}.`;
  throw new AppError("invalid_input", { message, details: { fields: { [`runtime.health.${field}`]: message } } });
}
