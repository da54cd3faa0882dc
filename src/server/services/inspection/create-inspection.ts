import type { InspectRepositoryInput } from "@/contracts/service";
import type { OrganizationContext } from "@/server/context";
import { newId } from "@/server/db/new-id";
import { inspections } from "@/server/db/schema";
import { enqueue } from "@/server/jobs/enqueue";
import { recordAudit } from "@/server/services/audit/record-audit";

/** Has the worker look at a repository: branches, what is there, how it would be built. Follow it by its id. */
export async function createInspection(
  context: OrganizationContext,
  input: InspectRepositoryInput,
): Promise<{ id: string }> {
  const { db, cipher, clock } = context;
  const id = newId("inspection");
  await db.transaction(async (tx) => {
    await tx.insert(inspections).values({
      id,
      projectId: input.projectId,
      source: { type: "git", ...input.source },
      gitTokenEncrypted: input.gitToken ? cipher.encrypt(input.gitToken) : null,
      build: input.build,
      createdAt: clock.now(),
    });
    await enqueue(tx, "repository.inspect", { inspectionId: id });
    await recordAudit(tx, context, {
      action: "inspection.create",
      resourceType: "inspection",
      resourceId: id,
      detail: { projectId: input.projectId, source: input.source },
    });
  });
  return { id };
}
