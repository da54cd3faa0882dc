import { deploymentRouter } from "./routers/deployment";
import { inspectionRouter } from "./routers/inspection";
import { logRouter } from "./routers/log";
import { platformRouter } from "./routers/platform";
import { projectRouter } from "./routers/project";
import { serviceRouter } from "./routers/service";
import { storageRouter } from "./routers/storage";
import { variableRouter } from "./routers/variable";
import { viewerRouter } from "./routers/viewer";
import { publicProcedure, router } from "./trpc";

export const appRouter = router({
  ping: publicProcedure("answers nothing: shows that the API is there").query(() => ({})),
  viewer: viewerRouter,
  platform: platformRouter,
  project: projectRouter,
  service: serviceRouter,
  inspection: inspectionRouter,
  variable: variableRouter,
  deployment: deploymentRouter,
  log: logRouter,
  storage: storageRouter,
});

export type AppRouter = typeof appRouter;
