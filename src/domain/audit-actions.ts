/** Everything that is written down as done by somebody, and how it reads after their name. */
export const auditActions = {
  "organization.create": "created the organization",
  "organization.rename": "renamed the organization",
  "organization.leave": "left the organization",
  "member.update": "changed the role of",
  "member.remove": "removed",
  "invitation.create": "invited somebody",
  "invitation.revoke": "revoked an invitation",
  "invitation.accept": "accepted an invitation",
  "project.create": "created the project",
  "project.rename": "renamed the project",
  "project.delete": "deleted the project",
  "service.create": "created the service",
  "service.update": "changed the settings of",
  "service.start": "started",
  "service.stop": "stopped",
  "service.delete": "deleted the service",
  "variable.set": "changed the variables of",
  "inspection.create": "looked at a repository for",
  "deployment.create": "deployed",
  "deployment.rollback": "went back to an earlier deployment of",
  "deployment.cancel": "cancelled a deployment of",
  "storage.clean": "started a cleanup",
  "stray.remove": "removed a stray",
  "session.create": "signed in",
  "session.revoke": "ended a session",
  "user.change-password": "changed the password",
} as const;

export type AuditAction = keyof typeof auditActions;

/** What comes before the dot: what the trail is filtered by. Of persons alone nothing stands in an organization's trail. */
export const auditAreas = [
  "organization",
  "member",
  "invitation",
  "project",
  "service",
  "variable",
  "deployment",
  "storage",
] as const;
export type AuditArea = (typeof auditAreas)[number];
