import { and, eq, min } from "drizzle-orm";
import type { ServiceContext } from "@/server/context";
import { logChunks } from "@/server/db/schema";
import type { LogKind } from "./log-source";

/** Of the oldest line that retention has left; 0 where there is none. */
export async function oldestOffset(
  { db }: Pick<ServiceContext, "db">,
  { sourceId, kind }: { sourceId: string; kind: LogKind },
): Promise<number> {
  const [row] = await db
    .select({ offset: min(logChunks.firstOffset) })
    .from(logChunks)
    .where(and(eq(logChunks.sourceId, sourceId), eq(logChunks.kind, kind)));
  return Number(row?.offset ?? 0);
}
