import { tracked } from "@trpc/server";
import { followLogInput, readLogInput } from "@/contracts/log";
import { byDeploymentId } from "@/server/api/scopes";
import { authorized, router } from "@/server/api/trpc";
import { followLog } from "@/server/services/log/follow-log";
import { readLog } from "@/server/services/log/read-log";

export const logRouter = router({
  read: authorized("log.read", byDeploymentId)
    .input(readLogInput)
    .query(({ ctx, input }) => readLog(ctx, input)),
  // The id of a batch is the offset after its last line: a client that reconnects goes on exactly there.
  follow: authorized("log.read", byDeploymentId)
    .input(followLogInput)
    .subscription(async function* ({ ctx, input }) {
      for await (const batch of followLog(ctx, input, ctx.signal)) {
        yield tracked(String(batch.firstOffset + batch.lines.length), batch);
      }
    }),
});
