import { and, eq, isNull } from "drizzle-orm";
import type { RenameProjectInput } from "@/contracts/project";
import { AppError } from "@/domain/errors";
import type { OrganizationContext } from "@/server/context";
import { projects } from "@/server/db/schema";
import { notify } from "@/server/events";
import { recordAudit } from "@/server/services/audit/record-audit";

/** Changes what people read. Slug and host names stay, so no address breaks. Throws conflict while it is being deleted. */
export async function renameProject(context: OrganizationContext, input: RenameProjectInput): Promise<{ id: string }> {
  const { projectId, name } = input;
  await context.db.transaction(async (tx) => {
    const renamed = await tx
      .update(projects)
      .set({ name })
      .where(and(eq(projects.id, projectId), isNull(projects.deletingAt)))
      .returning({ id: projects.id });
    if (renamed.length === 0) throw new AppError("conflict", { message: "This project is being deleted." });
    await recordAudit(tx, context, {
      action: "project.rename",
      resourceType: "project",
      resourceId: projectId,
      detail: { name },
    });
    await notify(tx, { type: "project", projectId });
  });
  return { id: projectId };
}
