import type { Db } from "@/server/db/client";
import { readHostRules } from "@/server/services/instance/host-rules";
import type { Progress } from "./progress.mjs";

/** Says where applications are not kept away from this server's own services; the worker found out when it started. */
export async function tellIsolation(db: Db, progress: Progress): Promise<void> {
  const rules = await readHostRules(db);
  if (rules?.state !== "open") return;
  progress.note(
    "Applications can reach services of this server that listen on all addresses: only root may close that.",
  );
  progress.note("Run `sudo npm run firewall -- apply`, or see SECURITY.md.");
}
