import { inspectionInput, inspectRepositoryInput } from "@/contracts/service";
import { byInspectionId, byProjectId } from "@/server/api/scopes";
import { authorized, router } from "@/server/api/trpc";
import { createInspection } from "@/server/services/inspection/create-inspection";
import { getInspection } from "@/server/services/inspection/get-inspection";
import { watchInspection } from "@/server/services/inspection/watch-inspection";

// Looking at a repository uses its token and the network: it is part of making a service, for reading too.
export const inspectionRouter = router({
  create: authorized("service.create", byProjectId)
    .input(inspectRepositoryInput)
    .mutation(({ ctx, input }) => createInspection(ctx, input)),
  get: authorized("service.create", byInspectionId)
    .input(inspectionInput)
    .query(({ ctx, input }) => getInspection(ctx, input.inspectionId)),
  watch: authorized("service.create", byInspectionId)
    .input(inspectionInput)
    .subscription(({ ctx, input }) => watchInspection(ctx, input.inspectionId, ctx.signal)),
});
