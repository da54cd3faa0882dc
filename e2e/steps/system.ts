/** What the journeys know of the system that they travel through. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { startReportSchema } from "@/contracts/start-report";

const ownerSchema = z.object({ email: z.email(), password: z.string() });
const systemSchema = z.object({
  instanceId: z.string(),
  dataDirectory: z.string(),
  owner: ownerSchema,
  report: startReportSchema,
});

export type Owner = z.infer<typeof ownerSchema>;
export type System = z.infer<typeof systemSchema>;

/** Playwright's workers inherit the environment of the process that started the system. */
const variable = "HELVETIA_JOURNEYS_SYSTEM";

export function announceSystem(system: System): void {
  process.env[variable] = JSON.stringify(system);
}

export function readSystem(): System {
  return systemSchema.parse(JSON.parse(process.env[variable] ?? "null"));
}

/** The account as a person reads it from the terminal. */
export function readPrintedOwner(printed: string): Owner {
  const [, email, password] = /Sign in +(\S+@\S+) +(\S+)/.exec(printed) ?? [];
  return ownerSchema.parse({ email, password });
}

const processRecord = z.object({ pid: z.number() });

/** The worker's process as its supervisor wrote it down; null while there is none. */
export function readWorkerProcess(system: System): number | null {
  const file = path.join(system.dataDirectory, "run/worker.json");
  return existsSync(file) ? processRecord.parse(JSON.parse(readFileSync(file, "utf8"))).pid : null;
}
