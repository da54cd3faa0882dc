/** What the embedded router recorded, from its own API. */
import { z } from "zod";
import { AppError } from "@/domain/errors";
import type { TrafficReading } from "@/server/ports";
import type { RouterAnswer } from "./ask-router";

const count = z.number().int().min(0);

const readingSchema = z.object({
  countedBy: z.string(),
  startedAt: z.coerce.date(),
  countedSince: z.coerce.date(),
  readAt: z.coerce.date(),
  buckets: z.array(
    z.object({
      backend: z.string(),
      startsAt: z.coerce.date(),
      requests: count,
      failed: count,
      unanswered: count,
      abandoned: count,
      latency: z.array(z.tuple([z.number(), z.number(), count])),
    }),
  ),
});

/** Null where the router has no such question. Throws router_unavailable for an answer that is none. */
export function readRecords(answer: RouterAnswer): TrafficReading | null {
  if (answer.status === 404 || answer.status === 405) return null;
  const parsed = readingSchema.safeParse(answer.body);
  if (!parsed.success) throw new AppError("router_unavailable", { cause: parsed.error });
  return { ...parsed.data, rereadWithinMs: null };
}
