import type { Role } from "@/domain/permissions";

/** What people call a role, and what one "may" with it. */
export const roleTable: Record<Role, { label: string; may: string }> = {
  viewer: { label: "Viewer", may: "see projects, deployments and logs, but no secret values" },
  developer: { label: "Developer", may: "see everything but secret values, create, configure and deploy" },
  admin: {
    label: "Admin",
    may: "do what a developer does, delete projects, invite people and change roles below owner",
  },
  owner: { label: "Owner", may: "do everything, and name other owners" },
};
