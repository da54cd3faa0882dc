import type { CreateProjectInput, ProjectView } from "@/contracts/project";
import { AppError } from "@/domain/errors";
import { slugify } from "@/domain/naming";
import type { OrganizationContext } from "@/server/context";
import { newId } from "@/server/db/new-id";
import { environments, projects } from "@/server/db/schema";
import { notify } from "@/server/events";
import { recordAudit } from "@/server/services/audit/record-audit";
import { claimSubnetIndex } from "./claim-subnet-index";

/** Makes a project with its production environment. Throws name_taken, address_pool_exhausted. */
export async function createProject(context: OrganizationContext, input: CreateProjectInput): Promise<ProjectView> {
  const { db, clock, config, organizationId } = context;
  const project = {
    id: newId("project"),
    organizationId,
    name: input.name,
    slug: slugify(input.name, "project"),
    createdAt: clock.now(),
  };
  const environment = { id: newId("environment"), name: "Production", slug: "production" };
  await db.transaction(async (tx) => {
    const inserted = await tx
      .insert(projects)
      .values(project)
      .onConflictDoNothing({ target: [projects.organizationId, projects.slug] })
      .returning({ id: projects.id });
    if (inserted.length === 0) throw projectNameTaken();
    const subnetIndex = await claimSubnetIndex(tx, config.docker.networkPool);
    await tx.insert(environments).values({ ...environment, projectId: project.id, subnetIndex });
    await recordAudit(tx, context, {
      action: "project.create",
      resourceType: "project",
      resourceId: project.id,
      detail: { name: project.name },
    });
    await notify(tx, { type: "project", projectId: project.id });
  });
  return { ...project, deleting: false, environments: [environment] };
}

function projectNameTaken(): AppError {
  const message = "A project of this name, or one that differs in signs only, is already there.";
  return new AppError("name_taken", { message, details: { fields: { name: message } } });
}
