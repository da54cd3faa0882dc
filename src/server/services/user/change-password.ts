import { eq } from "drizzle-orm";
import type { ChangePasswordInput } from "@/contracts/account";
import { AppError } from "@/domain/errors";
import { Secret } from "@/domain/secret";
import type { UserContext } from "@/server/context";
import { users } from "@/server/db/schema";
import { recordAudit } from "@/server/services/audit/record-audit";
import { revokeOtherSessions } from "@/server/services/session/revoke-other-sessions";
import { hashPassword, verifyPasswordHash } from "./password";
import { countPasswordAttempt } from "./password-attempts";

/** Sets a new password and ends the person's other sessions. Throws invalid_input where the current one is wrong, rate_limited. */
export async function changePassword(
  context: UserContext,
  { currentPassword, newPassword }: ChangePasswordInput,
): Promise<{ revoked: number }> {
  const { db, actor } = context;
  await countPasswordAttempt(db, actor.userId);
  const [user] = await db.select().from(users).where(eq(users.id, actor.userId));
  if (!user?.passwordHash || !(await verifyPasswordHash(user.passwordHash, new Secret(currentPassword)))) {
    throw new AppError("invalid_input", { details: { fields: { currentPassword: "This is not your password." } } });
  }
  const passwordHash = await hashPassword(new Secret(newPassword));
  await db.transaction(async (tx) => {
    await tx.update(users).set({ passwordHash }).where(eq(users.id, actor.userId));
    await recordAudit(
      tx,
      { ...context, organizationId: null },
      { action: "user.change-password", resourceType: "user", resourceId: actor.userId },
    );
  });
  return revokeOtherSessions(context);
}
