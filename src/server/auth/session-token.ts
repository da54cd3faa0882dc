import { LRUCache } from "lru-cache";
import { decode } from "next-auth/jwt";
import { z } from "zod";
import { idSchema } from "@/contracts/common";
import type { Config } from "@/server/config";
import { deriveKey } from "@/server/crypto";

/** What the cookie says: whose session, which one, and until when in seconds since 1970. The row decides whether it stands. */
const claimsSchema = z.object({ sub: idSchema("user"), sessionId: idSchema("session"), exp: z.number() });
export type SessionClaims = z.infer<typeof claimsSchema>;

export function sessionSecret(config: Pick<Config, "secretKey">): string {
  return deriveKey(config.secretKey, "session").toString("base64url");
}

const mostKept = 1000;

/**
 * Reads session tokens. What a token says never changes, so one that was decrypted once is remembered; null for one
 * that is not ours or has expired.
 */
export function createTokenReader(config: Pick<Config, "secretKey">): (token: string) => Promise<SessionClaims | null> {
  const secret = sessionSecret(config);
  const known = new LRUCache<string, SessionClaims>({ max: mostKept });
  return async (token) => {
    const claims = known.get(token) ?? (await decrypt(token, secret));
    if (!claims || claims.exp * 1000 <= Date.now()) return null;
    known.set(token, claims);
    return claims;
  };
}

/** Null where the decrypted token is not one of ours. */
export function readClaims(token: unknown): SessionClaims | null {
  const parsed = claimsSchema.safeParse(token);
  return parsed.success ? parsed.data : null;
}

async function decrypt(token: string, secret: string): Promise<SessionClaims | null> {
  try {
    return readClaims(await decode({ token, secret }));
  } catch {
    // Whoever sends a damaged or foreign token is simply not signed in.
    return null;
  }
}
