/**
 * Keyset pagination, newest first. A cursor is opaque to its reader: when the last row it has was made, to the
 * microsecond, and that row's id; so rows that come or go meanwhile shift nothing.
 */
import { type SQL, sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import { z } from "zod";
import type { Page } from "@/contracts/common";
import { AppError } from "@/domain/errors";

/** `micros`: microseconds since 1970. A Date would lose three of PostgreSQL's six digits, and with them rows. */
export type Position = { micros: number; id: string };

const cursorSchema = z.tuple([z.number().int().min(0).max(Number.MAX_SAFE_INTEGER), z.string().max(60)]);

/** Selects what a Position needs of a timestamp column. */
export function microsOf(column: PgColumn): SQL<number> {
  return sql`(extract(epoch from ${column}) * 1000000)::bigint`.mapWith(Number);
}

/** The values that a list compares (created_at, id) with: rows before them are on the page. Throws invalid_input. */
export function pageStart(cursor: string | null | undefined): { beforeAt: string; beforeId: string } {
  if (cursor === null || cursor === undefined) return { beforeAt: "infinity", beforeId: "" };
  const { micros, id } = decodeCursor(cursor);
  const date = new Date(Math.floor(micros / 1000));
  const beforeAt = date.toISOString().replace("Z", `${String(micros % 1000).padStart(3, "0")}Z`);
  return { beforeAt, beforeId: id };
}

/** A page of `limit` from rows fetched with a limit of one more: the one too many says that there is a next page. */
export function toPage<Row extends Position, Item>(rows: Row[], limit: number, item: (row: Row) => Item): Page<Item> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const more = last !== undefined && rows.length > limit;
  return { items: shown.map(item), nextCursor: more ? encodeCursor(last) : null };
}

function encodeCursor({ micros, id }: Position): string {
  return Buffer.from(JSON.stringify([micros, id])).toString("base64url");
}

function decodeCursor(cursor: string): Position {
  try {
    const [micros, id] = cursorSchema.parse(JSON.parse(Buffer.from(cursor, "base64url").toString("utf8")));
    return { micros, id };
  } catch (cause) {
    throw new AppError("invalid_input", { details: { fields: { cursor: "This is not a valid cursor." } }, cause });
  }
}
