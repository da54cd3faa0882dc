import { and, eq, gt, isNull } from "drizzle-orm";
import type { OpenInvitationView } from "@/contracts/invitation";
import { AppError } from "@/domain/errors";
import type { ServiceContext } from "@/server/context";
import { invitations, organizations } from "@/server/db/schema";
import { hashToken } from "./invitation-token";

/** What a link invites to. Throws invitation_over, the same for one that never was. */
export async function showInvitation(
  { db, clock }: Pick<ServiceContext, "db" | "clock">,
  { token }: { token: string },
): Promise<OpenInvitationView> {
  const [found] = await db
    .select({ organizationName: organizations.name, role: invitations.role, email: invitations.email })
    .from(invitations)
    .innerJoin(organizations, eq(organizations.id, invitations.organizationId))
    .where(
      and(
        eq(invitations.tokenHash, hashToken(token)),
        isNull(invitations.acceptedAt),
        isNull(invitations.revokedAt),
        gt(invitations.expiresAt, clock.now()),
      ),
    );
  if (!found) throw new AppError("invitation_over");
  return found;
}
