import type { Role } from "@/domain/permissions";
import type { UserActor } from "@/server/context";

/** Somebody who may ask: a person, and their role in each of their organizations as their session knows it. */
export type Asker = UserActor & { roles: Readonly<Record<string, Role>> };

/** A resource's organization and the asker's role there. */
export type OrganizationAccess = { organizationId: string; role: Role };

/** Null unless the person belongs to the organization; the session knows, so this asks nobody. */
export async function findOrganizationAccess(
  _context: unknown,
  asker: Asker,
  organizationId: string,
): Promise<OrganizationAccess | null> {
  const role = asker.roles[organizationId];
  return role ? { organizationId, role } : null;
}
