import { bigint, integer, pgTable, varchar } from "drizzle-orm/pg-core";

/** Attempts that count against a limit; the shape is rate-limiter-flexible's. Keys are hashes of what they limit. */
export const rateLimits = pgTable("rate_limits", {
  key: varchar("key", { length: 255 }).primaryKey(),
  points: integer("points").notNull().default(0),
  /** Milliseconds since 1970. */
  expire: bigint("expire", { mode: "number" }),
});
