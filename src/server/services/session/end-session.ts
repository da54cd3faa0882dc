import { and, eq } from "drizzle-orm";
import type { ServiceContext } from "@/server/context";
import { sessions } from "@/server/db/schema";
import { endSessions } from "./end-sessions";

/** Signs out: ends the session that asks for it. One that is over already stays so. */
export async function endSession(
  context: ServiceContext,
  { userId, sessionId }: { userId: string; sessionId: string },
): Promise<void> {
  const actor = { type: "user" as const, userId, sessionId, address: null };
  await endSessions({ ...context, actor }, and(eq(sessions.id, sessionId), eq(sessions.userId, userId)));
}
