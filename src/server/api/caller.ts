import { headers } from "next/headers";
import { createContext } from "./create-context";
import { reportError } from "./errors";
import { appRouter } from "./root";
import { createCallerFactory } from "./trpc";

const callerOf = createCallerFactory(appRouter);

/** The API for server components: the same procedures, permissions and errors, without HTTP in between. */
export async function createCaller() {
  const context = createContext(new Headers(await headers()));
  const { log, requestId } = context;
  return callerOf(context, { onError: ({ error, path }) => reportError(log, error, { requestId, path }) });
}
