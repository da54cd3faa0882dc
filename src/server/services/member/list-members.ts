import { and, desc, eq, sql } from "drizzle-orm";
import type { Page } from "@/contracts/common";
import type { ListMembersInput, MemberView } from "@/contracts/member";
import type { ServiceContext } from "@/server/context";
import { memberships, users } from "@/server/db/schema";
import { microsOf, pageStart, toPage } from "@/server/services/pages";

/** Who belongs to the organization, the newest first. Throws invalid_input for a foreign cursor. */
export async function listMembers({ db }: ServiceContext, input: ListMembersInput): Promise<Page<MemberView>> {
  const { beforeAt, beforeId } = pageStart(input.cursor);
  const rows = await db
    .select({
      id: memberships.userId,
      name: users.name,
      email: users.email,
      role: memberships.role,
      since: memberships.createdAt,
      micros: microsOf(memberships.createdAt),
    })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(
      and(
        eq(memberships.organizationId, input.organizationId),
        sql`(${memberships.createdAt}, ${memberships.userId}) < (${beforeAt}::timestamptz, ${beforeId})`,
      ),
    )
    .orderBy(desc(memberships.createdAt), desc(memberships.userId))
    .limit(input.limit + 1);
  return toPage(rows, input.limit, ({ id, name, email, role, since }) => ({ userId: id, name, email, role, since }));
}
