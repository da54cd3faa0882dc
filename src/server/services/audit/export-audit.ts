import type { AuditView, ExportAuditInput } from "@/contracts/audit";
import type { ServiceContext } from "@/server/context";
import { toPage } from "@/server/services/pages";
import { toCsvLine } from "./csv-line";
import { selectAudit, toAuditView } from "./select-audit";

const pageRows = 1000;
const columns = ["at", "actor", "email", "actor_id", "action", "resource", "resource_id", "address", "detail"];

/**
 * What was done in an organization, the newest first, in pieces of text that are read as they are taken: CSV (RFC 4180)
 * with a head, or one JSON array.
 */
export async function* exportAudit(
  { db }: ServiceContext,
  { format, ...filter }: ExportAuditInput,
  signal: AbortSignal,
): AsyncGenerator<string, void> {
  yield format === "csv" ? toCsvLine(columns) : "[";
  let separator = "\n";
  for (let cursor: string | null = null, more = true; more && !signal.aborted; ) {
    const rows = await selectAudit(db, filter, { cursor, limit: pageRows + 1 });
    const page = toPage(rows, pageRows, toAuditView);
    if (format === "csv") yield page.items.map(toCells).map(toCsvLine).join("");
    else {
      for (const item of page.items) {
        yield `${separator}${JSON.stringify(item)}`;
        separator = ",\n";
      }
    }
    cursor = page.nextCursor;
    more = cursor !== null;
  }
  if (format === "json") yield "\n]\n";
}

function toCells({ at, actor, action, resource, address, detail }: AuditView): string[] {
  return [
    ...[at.toISOString(), actor.name ?? actor.type, actor.email ?? "", actor.id ?? "", action],
    ...[resource.name ?? resource.type, resource.id, address ?? "", JSON.stringify(detail)],
  ];
}
