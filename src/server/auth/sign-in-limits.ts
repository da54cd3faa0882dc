/**
 * How often somebody may try to sign in. Attempts count in PostgreSQL, so a restart or a second web process gives
 * nobody new ones. An account is limited from one address first, so that a stranger cannot lock its owner out; the
 * wider limits bound guessing from many addresses, and many accounts from one.
 */
import { createHash } from "node:crypto";
import { RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible";
import { AppError } from "@/domain/errors";
import type { Db } from "@/server/db/client";

const minute = 60;

const limits = {
  pair: { points: 10, duration: 15 * minute },
  address: { points: 100, duration: 15 * minute },
  account: { points: 200, duration: 60 * minute },
};

export type SignInLimits = {
  /** Counts an attempt before it is looked at. Throws rate_limited. */
  count(attempt: { email: string; address: string | null }): Promise<void>;
  /** A success shows that the attempts before it were the owner's typos. */
  forgive(attempt: { email: string; address: string | null }): Promise<void>;
};

export function createSignInLimits(db: Db): SignInLimits {
  const limiter = (name: keyof typeof limits) =>
    new RateLimiterPostgres({
      storeClient: db.$client,
      storeType: "pool",
      tableName: "rate_limits",
      tableCreated: true,
      keyPrefix: `sign-in-${name}`,
      ...limits[name],
    });
  const pair = limiter("pair");
  const address = limiter("address");
  const account = limiter("account");

  return {
    async count(attempt) {
      const keys = keysOf(attempt);
      try {
        await address.consume(keys.address);
        await pair.consume(keys.pair);
        await account.consume(keys.account);
      } catch (cause) {
        if (cause instanceof RateLimiterRes) throw tooMany(cause.msBeforeNext);
        throw cause;
      }
    },
    async forgive(attempt) {
      const keys = keysOf(attempt);
      await Promise.all([address.reward(keys.address), pair.delete(keys.pair), account.reward(keys.account)]);
    },
  };
}

function tooMany(waitMs: number): AppError {
  const minutes = Math.ceil(waitMs / 60_000);
  const wait = minutes === 1 ? "a minute" : `${minutes} minutes`;
  return new AppError("rate_limited", {
    message: "Too many attempts to sign in.",
    fix: `Wait ${wait} and try again.`,
    details: { retryAfterSeconds: Math.ceil(waitMs / 1000) },
  });
}

/** Hashed, so that the table tells nobody who tried. */
function keysOf({ email, address }: { email: string; address: string | null }) {
  const account = digest(email.toLowerCase());
  const from = digest(address ?? "unknown");
  return { account, address: from, pair: digest(`${account} ${from}`) };
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("base64url");
}
