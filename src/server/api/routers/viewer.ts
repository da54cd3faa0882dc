import { changePasswordInput, revokeSessionInput } from "@/contracts/account";
import { router, signedIn } from "@/server/api/trpc";
import { listSessions } from "@/server/services/session/list-sessions";
import { revokeOtherSessions } from "@/server/services/session/revoke-other-sessions";
import { revokeSession } from "@/server/services/session/revoke-session";
import { changePassword } from "@/server/services/user/change-password";
import { getViewer } from "@/server/services/user/get-viewer";

export const viewerRouter = router({
  get: signedIn.query(({ ctx }) => getViewer(ctx)),
  changePassword: signedIn.input(changePasswordInput).mutation(({ ctx, input }) => changePassword(ctx, input)),
  sessions: signedIn.query(({ ctx }) => listSessions(ctx)),
  revokeSession: signedIn.input(revokeSessionInput).mutation(({ ctx, input }) => revokeSession(ctx, input)),
  revokeOtherSessions: signedIn.mutation(({ ctx }) => revokeOtherSessions(ctx)),
});
