import { RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible";
import { AppError } from "@/domain/errors";
import type { Db } from "@/server/db/client";

const windowSeconds = 15 * 60;

/** Counts a try at the password of somebody who is signed in: a stolen session must not find it. Throws rate_limited. */
export async function countPasswordAttempt(db: Db, userId: string): Promise<void> {
  const limiter = new RateLimiterPostgres({
    storeClient: db.$client,
    storeType: "pool",
    tableName: "rate_limits",
    tableCreated: true,
    keyPrefix: "password",
    points: 10,
    duration: windowSeconds,
  });
  try {
    await limiter.consume(userId);
  } catch (cause) {
    if (!(cause instanceof RateLimiterRes)) throw cause;
    const retryAfterSeconds = Math.ceil(cause.msBeforeNext / 1000);
    throw new AppError("rate_limited", {
      message: "Too many attempts with a wrong password.",
      fix: `Wait ${Math.ceil(retryAfterSeconds / 60)} minutes and try again.`,
      details: { retryAfterSeconds },
    });
  }
}
