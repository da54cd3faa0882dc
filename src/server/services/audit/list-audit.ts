import type { AuditView, ListAuditInput } from "@/contracts/audit";
import type { Page } from "@/contracts/common";
import type { ServiceContext } from "@/server/context";
import { toPage } from "@/server/services/pages";
import { selectAudit, toAuditView } from "./select-audit";

/** What was done in an organization, the newest first. Throws invalid_input for a foreign cursor. */
export async function listAudit({ db }: ServiceContext, input: ListAuditInput): Promise<Page<AuditView>> {
  const rows = await selectAudit(db, input, { cursor: input.cursor ?? null, limit: input.limit + 1 });
  return toPage(rows, input.limit, toAuditView);
}
