import type { Role } from "@/domain/permissions";

/** What people call a role, and what it lets them do. */
export const roleTable: Record<Role, { label: string; may: string }> = {
  viewer: { label: "Viewer", may: "Sees projects, deployments and logs, and no secret values." },
  developer: { label: "Developer", may: "Also creates, configures and deploys." },
  admin: { label: "Admin", may: "Also deletes projects, invites people and changes roles below owner." },
  owner: { label: "Owner", may: "Everything, and names other owners." },
};
