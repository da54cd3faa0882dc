import {
  createProjectInput,
  deleteProjectInput,
  listProjectsInput,
  organizationInput,
  projectInput,
  renameProjectInput,
} from "@/contracts/project";
import { byOrganizationId, byProjectId } from "@/server/api/scopes";
import { authorized, router } from "@/server/api/trpc";
import { createProject } from "@/server/services/project/create-project";
import { deleteProject } from "@/server/services/project/delete-project";
import { getProject } from "@/server/services/project/get-project";
import { listProjects } from "@/server/services/project/list-projects";
import { renameProject } from "@/server/services/project/rename-project";
import { watchProject } from "@/server/services/project/watch-project";
import { watchProjects } from "@/server/services/project/watch-projects";

export const projectRouter = router({
  list: authorized("project.read", byOrganizationId)
    .input(listProjectsInput)
    .query(({ ctx, input }) => listProjects(ctx, input)),
  get: authorized("project.read", byProjectId)
    .input(projectInput)
    .query(({ ctx, input }) => getProject(ctx, input.projectId)),
  create: authorized("project.create", byOrganizationId)
    .input(createProjectInput)
    .mutation(({ ctx, input }) => createProject(ctx, input)),
  rename: authorized("project.update", byProjectId)
    .input(renameProjectInput)
    .mutation(({ ctx, input }) => renameProject(ctx, input)),
  delete: authorized("project.delete", byProjectId)
    .input(deleteProjectInput)
    .mutation(({ ctx, input }) => deleteProject(ctx, input)),
  watch: authorized("project.read", byProjectId)
    .input(projectInput)
    .subscription(({ ctx, input }) => watchProject(ctx, input.projectId, ctx.signal)),
  watchAll: authorized("project.read", byOrganizationId)
    .input(organizationInput)
    .subscription(({ ctx, input }) => watchProjects(ctx, input.organizationId, ctx.signal)),
});
