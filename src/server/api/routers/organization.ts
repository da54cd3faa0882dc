import { createOrganizationInput, leaveOrganizationInput, renameOrganizationInput } from "@/contracts/organization";
import { byOrganizationId } from "@/server/api/scopes";
import { authorized, router, signedIn } from "@/server/api/trpc";
import { removeMember } from "@/server/services/member/remove-member";
import { createOrganization } from "@/server/services/organization/create-organization";
import { renameOrganization } from "@/server/services/organization/rename-organization";

export const organizationRouter = router({
  create: signedIn.input(createOrganizationInput).mutation(({ ctx, input }) => createOrganization(ctx, input)),
  rename: authorized("organization.update", byOrganizationId)
    .input(renameOrganizationInput)
    .mutation(({ ctx, input }) => renameOrganization(ctx, input)),
  leave: authorized("organization.leave", byOrganizationId)
    .input(leaveOrganizationInput)
    .mutation(({ ctx }) => removeMember(ctx, ctx.access.role, { userId: ctx.actor.userId })),
});
