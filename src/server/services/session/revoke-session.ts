import { and, eq } from "drizzle-orm";
import { AppError } from "@/domain/errors";
import type { UserContext } from "@/server/context";
import { sessions } from "@/server/db/schema";
import { endSessions } from "./end-sessions";

/** Ends one of the person's own sessions at once. Throws not_found for another person's, or one that is over. */
export async function revokeSession(context: UserContext, input: { sessionId: string }): Promise<{ id: string }> {
  const { sessionId } = input;
  const ended = await endSessions(context, and(eq(sessions.id, sessionId), eq(sessions.userId, context.actor.userId)));
  if (ended.length === 0) throw new AppError("not_found");
  return { id: sessionId };
}
