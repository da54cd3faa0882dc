/** Permission x Role: the one table of who may do what. The interface uses it too, to hide what a person may not do. */

export const roles = ["viewer", "developer", "admin", "owner"] as const;
export type Role = (typeof roles)[number];

const anyone: readonly Role[] = ["viewer", "developer", "admin", "owner"];
const builders: readonly Role[] = ["developer", "admin", "owner"];
const managers: readonly Role[] = ["admin", "owner"];

export const permissionTable = {
  "organization.update": managers,
  "organization.leave": anyone,
  "member.read": anyone,
  "member.update": managers,
  "member.remove": managers,
  "invitation.read": managers,
  "invitation.create": managers,
  "invitation.revoke": managers,
  "project.read": anyone,
  "project.create": builders,
  "project.update": builders,
  "project.delete": managers,
  "service.read": anyone,
  "service.create": builders,
  "service.update": builders,
  "service.operate": builders,
  "service.delete": builders,
  "variable.read": anyone,
  "variable.write": builders,
  "deployment.read": anyone,
  "deployment.create": builders,
  "deployment.cancel": builders,
  "log.read": anyone,
  "audit.read": managers,
  "storage.read": managers,
  "storage.clean": managers,
} as const satisfies Record<string, readonly Role[]>;

export type Permission = keyof typeof permissionTable;

export function can(role: Role, permission: Permission): boolean {
  const allowed: readonly Role[] = permissionTable[permission];
  return allowed.includes(role);
}

/**
 * Whether somebody of role `actor` may give a role, or take one away: nobody grants what they do not have, and nobody
 * has a say over who stands above them.
 */
export function outranks(actor: Role, role: Role): boolean {
  return roles.indexOf(actor) >= roles.indexOf(role);
}
