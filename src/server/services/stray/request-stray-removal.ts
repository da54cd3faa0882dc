import { eq } from "drizzle-orm";
import { AppError } from "@/domain/errors";
import type { OrganizationContext } from "@/server/context";
import { strays } from "@/server/db/schema";
import { notify } from "@/server/events";
import { enqueue } from "@/server/jobs/enqueue";
import { recordAudit } from "@/server/services/audit/record-audit";

/** Has the worker remove a stray. Throws not_found where it is gone already. */
export async function requestStrayRemoval(context: OrganizationContext, strayId: string): Promise<{ id: string }> {
  await context.db.transaction(async (tx) => {
    const [stray] = await tx
      .update(strays)
      .set({ removalRequestedAt: context.clock.now(), error: null })
      .where(eq(strays.id, strayId))
      .returning();
    if (!stray) throw new AppError("not_found");
    await enqueue(tx, "stray.remove", { strayId });
    const detail = { kind: stray.kind, name: stray.name };
    await recordAudit(tx, context, { action: "stray.remove", resourceType: "stray", resourceId: strayId, detail });
    await notify(tx, { type: "storage" });
  });
  return { id: strayId };
}
