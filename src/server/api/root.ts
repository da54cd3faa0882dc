import { auditRouter } from "./routers/audit";
import { deploymentRouter } from "./routers/deployment";
import { inspectionRouter } from "./routers/inspection";
import { invitationRouter } from "./routers/invitation";
import { logRouter } from "./routers/log";
import { memberRouter } from "./routers/member";
import { organizationRouter } from "./routers/organization";
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
  organization: organizationRouter,
  member: memberRouter,
  invitation: invitationRouter,
  audit: auditRouter,
  project: projectRouter,
  service: serviceRouter,
  inspection: inspectionRouter,
  variable: variableRouter,
  deployment: deploymentRouter,
  log: logRouter,
  storage: storageRouter,
});

export type AppRouter = typeof appRouter;
