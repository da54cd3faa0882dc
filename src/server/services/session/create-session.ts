import type { ServiceContext } from "@/server/context";
import { newId } from "@/server/db/new-id";
import { sessions } from "@/server/db/schema";
import { recordAudit } from "@/server/services/audit/record-audit";
import { sessionLifetimeMs } from "./session-lifetime";

const longestUserAgent = 500;

/** Opens a session for somebody whose password was verified. Returns its id, which the cookie will name. */
export async function createSession(
  context: ServiceContext,
  input: { userId: string; address: string | null; userAgent: string | null },
): Promise<string> {
  const { db, clock } = context;
  const { userId, address } = input;
  const id = newId("session");
  const now = clock.now();
  await db.transaction(async (tx) => {
    await tx.insert(sessions).values({
      id,
      userId,
      address,
      userAgent: input.userAgent?.slice(0, longestUserAgent) ?? null,
      createdAt: now,
      lastSeenAt: now,
      expiresAt: new Date(now.getTime() + sessionLifetimeMs),
    });
    const actor = { type: "user" as const, userId, sessionId: id, address };
    await recordAudit(
      tx,
      { ...context, actor, organizationId: null },
      { action: "session.create", resourceType: "session", resourceId: id },
    );
  });
  return id;
}
