import { z } from "zod";
import { type IdKind, idPattern } from "@/domain/ids";

export function idSchema(kind: IdKind) {
  return z.string().regex(idPattern(kind), "This is not a valid id.");
}

/** Lists are paginated by an opaque cursor; `limit` rows at most. */
export const pageInput = z.object({
  cursor: z.string().max(200).nullish(),
  limit: z.number().int().min(1).max(100).default(25),
});

export type Page<T> = { items: T[]; nextCursor: string | null };

/** A name as people type it: no control characters, not only white space. */
export const nameSchema = z
  .string()
  .trim()
  .min(1, "Enter a name.")
  .max(60, "At most 60 characters.")
  .regex(/^[^\p{Cc}\p{Cf}]+$/u, "Control characters are not allowed.");

/** A part of a name, in whatever case. */
export const searchSchema = z.string().trim().max(100).optional();
