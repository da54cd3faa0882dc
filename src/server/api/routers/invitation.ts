import {
  createInvitationInput,
  invitationTokenInput,
  joinInput,
  listInvitationsInput,
  revokeInvitationInput,
} from "@/contracts/invitation";
import { byOrganizationId } from "@/server/api/scopes";
import { authorized, publicProcedure, router, signedIn } from "@/server/api/trpc";
import { acceptInvitation } from "@/server/services/invitation/accept-invitation";
import { createInvitation } from "@/server/services/invitation/create-invitation";
import { joinWithNewAccount } from "@/server/services/invitation/join-with-new-account";
import { listInvitations } from "@/server/services/invitation/list-invitations";
import { revokeInvitation } from "@/server/services/invitation/revoke-invitation";
import { showInvitation } from "@/server/services/invitation/show-invitation";

export const invitationRouter = router({
  list: authorized("invitation.read", byOrganizationId)
    .input(listInvitationsInput)
    .query(({ ctx, input }) => listInvitations(ctx, input)),
  create: authorized("invitation.create", byOrganizationId)
    .input(createInvitationInput)
    .mutation(({ ctx, input }) => createInvitation(ctx, ctx.access.role, input)),
  revoke: authorized("invitation.revoke", byOrganizationId)
    .input(revokeInvitationInput)
    .mutation(({ ctx, input }) => revokeInvitation(ctx, input)),
  show: publicProcedure("who was invited may have no account yet; the link's secret is the right to see it")
    .input(invitationTokenInput)
    .query(({ ctx, input }) => showInvitation(ctx, input)),
  join: publicProcedure("who was invited makes an account; the link's secret is the right to")
    .input(joinInput)
    .mutation(({ ctx, input }) => joinWithNewAccount(ctx, input)),
  accept: signedIn.input(invitationTokenInput).mutation(({ ctx, input }) => acceptInvitation(ctx, input)),
});
