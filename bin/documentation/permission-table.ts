import { can, type Permission, permissionTable, roles } from "@/domain/permissions";

/** A row for each permission, a column for each role. */
export function permissionRows(): string {
  const permissions = Object.keys(permissionTable) as Permission[]; // safe because the table has no other keys
  const rows = permissions.map(
    (permission) => `| \`${permission}\` | ${roles.map((role) => (can(role, permission) ? "yes" : "")).join(" | ")} |`,
  );
  return [`| Permission | ${roles.join(" | ")} |`, `|---|${roles.map(() => "---|").join("")}`, ...rows].join("\n");
}
