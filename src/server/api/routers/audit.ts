import { exportAuditInput, listAuditInput } from "@/contracts/audit";
import { byOrganizationId } from "@/server/api/scopes";
import { authorized, router } from "@/server/api/trpc";
import { exportAudit } from "@/server/services/audit/export-audit";
import { listAudit } from "@/server/services/audit/list-audit";

export const auditRouter = router({
  list: authorized("audit.read", byOrganizationId)
    .input(listAuditInput)
    .query(({ ctx, input }) => listAudit(ctx, input)),
  // Answered as a file at /api/audit (answer-download.ts), by way of this procedure: it declares who may.
  export: authorized("audit.read", byOrganizationId)
    .input(exportAuditInput)
    .subscription(async function* ({ ctx, input }) {
      yield* exportAudit(ctx, input, ctx.signal);
    }),
});
