import { and, eq, isNull, ne } from "drizzle-orm";
import type { DeleteProjectInput } from "@/contracts/project";
import { AppError } from "@/domain/errors";
import type { OrganizationContext } from "@/server/context";
import { projects, services } from "@/server/db/schema";
import { notify } from "@/server/events";
import { enqueue } from "@/server/jobs/enqueue";
import { recordAudit } from "@/server/services/audit/record-audit";
import { confirmName } from "@/server/services/confirm-name";

/**
 * Asks for the project's end: every service is to be deleted, and the row goes when all that it ran is gone.
 * Throws invalid_input where the confirmation is not its name, conflict where it is being deleted already.
 */
export async function deleteProject(context: OrganizationContext, input: DeleteProjectInput): Promise<{ id: string }> {
  const { projectId } = input;
  await context.db.transaction(async (tx) => {
    const [project] = await tx
      .update(projects)
      .set({ deletingAt: context.clock.now() })
      .where(and(eq(projects.id, projectId), isNull(projects.deletingAt)))
      .returning({ name: projects.name });
    if (!project) throw new AppError("conflict", { message: "This project is being deleted already." });
    confirmName(input.confirmation, project.name);

    const doomed = await tx
      .update(services)
      .set({ desiredState: "deleted" })
      .where(and(eq(services.projectId, projectId), ne(services.desiredState, "deleted")))
      .returning({ id: services.id });
    for (const service of doomed) await enqueue(tx, "service.converge", { serviceId: service.id });
    await enqueue(tx, "project.remove", { projectId });
    await recordAudit(tx, context, {
      action: "project.delete",
      resourceType: "project",
      resourceId: projectId,
      detail: { name: project.name, services: doomed.length },
    });
    await notify(tx, { type: "project", projectId });
  });
  return { id: projectId };
}
