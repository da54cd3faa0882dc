import { eq } from "drizzle-orm";
import { AppError } from "@/domain/errors";
import type { UserContext } from "@/server/context";
import { users } from "@/server/db/schema";
import { type Joined, spendInvitation } from "./spend-invitation";

/** The signed-in person joins. Throws as spendInvitation. */
export async function acceptInvitation(context: UserContext, { token }: { token: string }): Promise<Joined> {
  return context.db.transaction(async (tx) => {
    const [user] = await tx.select({ email: users.email }).from(users).where(eq(users.id, context.actor.userId));
    if (!user) throw new AppError("unauthenticated");
    return spendInvitation(tx, context, { token, email: user.email });
  });
}
