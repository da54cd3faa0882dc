import { tracked } from "@trpc/server";
import { exportLogInput, followLogInput, locateLogInput, readLogInput, searchLogInput } from "@/contracts/log";
import { byDeploymentId } from "@/server/api/scopes";
import { authorized, router } from "@/server/api/trpc";
import { exportLog } from "@/server/services/log/export-log";
import { followLog } from "@/server/services/log/follow-log";
import { locateLog } from "@/server/services/log/locate-log";
import { readLog } from "@/server/services/log/read-log";
import { searchLog } from "@/server/services/log/search-log";

export const logRouter = router({
  read: authorized("log.read", byDeploymentId)
    .input(readLogInput)
    .query(({ ctx, input }) => readLog(ctx, input)),
  search: authorized("log.read", byDeploymentId)
    .input(searchLogInput)
    .query(({ ctx, input }) => searchLog(ctx, input)),
  locate: authorized("log.read", byDeploymentId)
    .input(locateLogInput)
    .query(({ ctx, input }) => locateLog(ctx, input)),
  // The id of a batch is the offset after its last line: a client that reconnects goes on exactly there.
  follow: authorized("log.read", byDeploymentId)
    .input(followLogInput)
    .subscription(async function* ({ ctx, input }) {
      for await (const batch of followLog(ctx, input, ctx.signal)) {
        yield tracked(String(batch.firstOffset + batch.lines.length), batch);
      }
    }),
  // Answered as a file at /api/logs (answer-download.ts), by way of this procedure: it declares who may.
  export: authorized("log.read", byDeploymentId)
    .input(exportLogInput)
    .subscription(async function* ({ ctx, input }) {
      yield* exportLog(ctx, input, ctx.signal);
    }),
});
