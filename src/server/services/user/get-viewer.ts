import { asc, eq } from "drizzle-orm";
import type { ViewerView } from "@/contracts/project";
import { AppError } from "@/domain/errors";
import type { UserContext } from "@/server/context";
import { memberships, organizations, users } from "@/server/db/schema";
import { findOperatorId } from "@/server/services/access/find-operator-access";

/** The signed-in person and where they belong. Throws unauthenticated where the account is gone. */
export async function getViewer(context: UserContext): Promise<ViewerView> {
  const { db, actor } = context;
  const operatorId = await findOperatorId(context);
  const rows = await db
    .select({
      user: { id: users.id, email: users.email, name: users.name },
      organization: { id: organizations.id, name: organizations.name, slug: organizations.slug },
      role: memberships.role,
    })
    .from(users)
    .leftJoin(memberships, eq(memberships.userId, users.id))
    .leftJoin(organizations, eq(organizations.id, memberships.organizationId))
    .where(eq(users.id, actor.userId))
    .orderBy(asc(organizations.name), asc(organizations.id));
  const [first] = rows;
  if (!first) throw new AppError("unauthenticated");
  return {
    user: first.user,
    sessionId: actor.sessionId,
    operatorId: rows.some(({ organization }) => organization?.id === operatorId) ? operatorId : null,
    organizations: rows.flatMap(({ organization, role }) => (organization && role ? [{ ...organization, role }] : [])),
  };
}
