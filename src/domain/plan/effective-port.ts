import type { BuildPlan, EnvironmentVariable, RuntimeSettings } from "./types";

export const defaultPort = 3000;

/** The port a release listens on: what a person set, else their own PORT variable, else what the plan expects. */
export function effectivePort(
  runtime: Pick<RuntimeSettings, "port">,
  environment: EnvironmentVariable[],
  plan: Pick<BuildPlan, "port"> | null,
): number {
  if (runtime.port !== null) return runtime.port;
  const own = environment.find((variable) => variable.key === "PORT")?.value ?? "";
  if (/^\d{1,5}$/.test(own) && Number(own) >= 1 && Number(own) <= 65_535) return Number(own);
  return plan?.port ?? defaultPort;
}
