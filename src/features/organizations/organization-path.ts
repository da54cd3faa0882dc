export type OrganizationPage = "projects" | "members" | "audit" | "settings";

/** The address names the organization, so that two windows can be in two. */
export function organizationPath(slug: string, page: OrganizationPage): string {
  return `/organizations/${slug}/${page}`;
}
