/** The API over real HTTP, streams included, without a web process around it: for tests of what many readers see. */
import { createHTTPHandler } from "@trpc/server/adapters/standalone";
import { appRouter } from "@/server/api/root";
import type { ServiceContext } from "@/server/context";
import type { Asker } from "@/server/services/access/find-organization-access";
import { listen } from "./listen";

/** Everybody who asks is `asker`. */
export async function startApiServer(context: ServiceContext, asker: Asker) {
  const shutdown = new AbortController();
  const handler = createHTTPHandler({
    router: appRouter,
    basePath: "/api/trpc/",
    createContext: () => ({
      ...context,
      requestId: "test",
      shutdown: shutdown.signal,
      findActor: async () => asker,
    }),
  });
  const { url, close } = await listen(handler);
  return {
    url,
    async close() {
      shutdown.abort();
      await close();
    },
  };
}
