import { and, eq, ne } from "drizzle-orm";
import type { UserContext } from "@/server/context";
import { sessions } from "@/server/db/schema";
import { endSessions } from "./end-sessions";

/** Ends every session of the person but the one that asks. */
export async function revokeOtherSessions(context: UserContext): Promise<{ revoked: number }> {
  const { userId, sessionId } = context.actor;
  const ended = await endSessions(context, and(eq(sessions.userId, userId), ne(sessions.id, sessionId)));
  return { revoked: ended.length };
}
