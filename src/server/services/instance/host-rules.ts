/** Whether applications are kept away from the services of the machine that they run on, as the worker last found. */
import { eq } from "drizzle-orm";
import type { Db } from "@/server/db/client";
import { instanceFacts } from "@/server/db/schema";

const factKey = "host-rules";

/**
 * "held": the rules stand. "open": they could not be set, `reason` says why. "elsewhere": containers run in a machine of
 * their own. "operator": HOST_FIREWALL is off.
 */
export type HostRules = { state: "held" | "elsewhere" | "operator" } | { state: "open"; reason: string };

export async function writeHostRules(db: Db, rules: HostRules, now: Date): Promise<void> {
  const row = { value: rules, at: now };
  await db
    .insert(instanceFacts)
    .values({ key: factKey, ...row })
    .onConflictDoUpdate({ target: instanceFacts.key, set: row });
}

/** Null where no worker has looked yet. */
export async function readHostRules(db: Db): Promise<HostRules | null> {
  const [fact] = await db.select().from(instanceFacts).where(eq(instanceFacts.key, factKey));
  return (fact?.value as HostRules | undefined) ?? null; // safe because writeHostRules alone writes this key
}
