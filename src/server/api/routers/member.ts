import { changeRoleInput, listMembersInput, memberInput } from "@/contracts/member";
import { byOrganizationId } from "@/server/api/scopes";
import { authorized, router } from "@/server/api/trpc";
import { changeRole } from "@/server/services/member/change-role";
import { listMembers } from "@/server/services/member/list-members";
import { removeMember } from "@/server/services/member/remove-member";

export const memberRouter = router({
  list: authorized("member.read", byOrganizationId)
    .input(listMembersInput)
    .query(({ ctx, input }) => listMembers(ctx, input)),
  changeRole: authorized("member.update", byOrganizationId)
    .input(changeRoleInput)
    .mutation(({ ctx, input }) => changeRole(ctx, ctx.access.role, input)),
  remove: authorized("member.remove", byOrganizationId)
    .input(memberInput)
    .mutation(({ ctx, input }) => removeMember(ctx, ctx.access.role, input)),
});
