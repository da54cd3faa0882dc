import type { JoinInput } from "@/contracts/invitation";
import { AppError } from "@/domain/errors";
import { Secret } from "@/domain/secret";
import type { ServiceContext } from "@/server/context";
import { newId } from "@/server/db/new-id";
import { users } from "@/server/db/schema";
import { hashPassword } from "@/server/services/user/password";
import { showInvitation } from "./show-invitation";
import { spendInvitation } from "./spend-invitation";

/**
 * Makes an account for who was invited, and joins; signing in is the next step. Throws email_taken, and as
 * spendInvitation: without an open invitation nothing is hashed and no address is looked up.
 */
export async function joinWithNewAccount(
  context: ServiceContext,
  { token, name, email, password }: JoinInput,
): Promise<{ slug: string }> {
  await showInvitation(context, { token });
  const passwordHash = await hashPassword(new Secret(password));
  const id = newId("user");
  return context.db.transaction(async (tx) => {
    const made = await tx
      .insert(users)
      .values({ id, name, email, passwordHash, createdAt: context.clock.now() })
      .onConflictDoNothing()
      .returning({ id: users.id });
    if (made.length === 0) {
      const { message, fix } = new AppError("email_taken");
      throw new AppError("email_taken", { details: { fields: { email: `${message} ${fix}` } } });
    }
    const actor = { type: "user" as const, userId: id, sessionId: "", address: null };
    const { slug } = await spendInvitation(tx, { ...context, actor }, { token, email });
    return { slug };
  });
}
