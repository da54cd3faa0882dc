import { z } from "zod";
import type { Role } from "@/domain/permissions";
import { idSchema, nameSchema, pageInput, searchSchema } from "./common";

export const createProjectInput = z.object({ organizationId: idSchema("organization"), name: nameSchema });
export const projectInput = z.object({ projectId: idSchema("project") });
export const renameProjectInput = z.object({ projectId: idSchema("project"), name: nameSchema });
/** `confirmation` must be the project's name: what it runs is removed with it. */
export const deleteProjectInput = z.object({ projectId: idSchema("project"), confirmation: z.string().max(100) });
export const organizationInput = z.object({ organizationId: idSchema("organization") });
export const listProjectsInput = pageInput.extend({
  organizationId: idSchema("organization"),
  search: searchSchema,
});

export type CreateProjectInput = z.infer<typeof createProjectInput>;
export type RenameProjectInput = z.infer<typeof renameProjectInput>;
export type DeleteProjectInput = z.infer<typeof deleteProjectInput>;
export type ListProjectsInput = z.infer<typeof listProjectsInput>;

export type EnvironmentView = { id: string; name: string; slug: string };

export type ProjectView = {
  id: string;
  organizationId: string;
  name: string;
  slug: string;
  createdAt: Date;
  deleting: boolean;
  environments: EnvironmentView[];
};

export type ProjectSummary = {
  id: string;
  name: string;
  slug: string;
  createdAt: Date;
  deleting: boolean;
  serviceCount: number;
  runningCount: number;
  failingCount: number;
};

/** The signed-in person and where they belong. */
export type ViewerView = {
  user: { id: string; email: string; name: string };
  sessionId: string;
  /** The organization that operates the instance, where the person belongs to it. */
  operatorId: string | null;
  organizations: { id: string; name: string; slug: string; role: Role }[];
};
