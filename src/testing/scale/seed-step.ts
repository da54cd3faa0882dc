import { type SQL, sql } from "drizzle-orm";
import { type IdKind, idPrefixes } from "@/domain/ids";

export type SeedOwner = { organizationId: string; userId: string };
export type SeedStep = [what: string, statement: SQL];

/** The same as scaleId. */
export function idOf(kind: IdKind, n: SQL): SQL {
  return sql`${sql.raw(`'${idPrefixes[kind]}_'`)} || left(md5((${n})::text), 20)`;
}
