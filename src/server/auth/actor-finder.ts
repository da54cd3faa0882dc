import type { Config } from "@/server/config";
import type { Asker } from "@/server/services/access/find-organization-access";
import type { SessionReader } from "@/server/services/session/session-reader";
import { clientAddress } from "./client-address";
import { readCookie, sessionCookie } from "./session-cookie";
import { createTokenReader } from "./session-token";

/** Who a request comes from, by its headers: the signed-in person, or null. */
export type ActorFinder = (headers: Headers) => Promise<Asker | null>;

/** The token must be ours and its session row must stand and be the same person's. */
export function createActorFinder(config: Config, sessions: SessionReader): ActorFinder {
  const { name } = sessionCookie(config);
  const readToken = createTokenReader(config);
  return async (headers) => {
    const token = readCookie(headers.get("cookie"), name);
    const claims = token === null ? null : await readToken(token);
    if (!claims) return null;
    const session = await sessions.find(claims.sessionId);
    if (session?.userId !== claims.sub) return null;
    const address = clientAddress(headers.get("x-forwarded-for"));
    return { type: "user", userId: session.userId, sessionId: claims.sessionId, address, roles: session.roles };
  };
}
