import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { AppError } from "@/domain/errors";
import { isBounded } from "@/server/auth/bounded-body";
import { createContext } from "./create-context";
import { reportError, toErrorData, toTrpcError } from "./errors";
import { appRouter } from "./root";
import { isSameOrigin } from "./same-origin";

const endpoint = "/api/trpc";
const largestBodyBytes = 4 * 1024 * 1024;
const largestBatch = 20;

/** Answers a request to the API. A change from a foreign page, or a body too large, is refused before anything runs. */
export async function handleRequest(request: Request): Promise<Response> {
  const context = createContext(request.headers);
  const { requestId, log, config } = context;
  if (request.method === "POST") {
    const refusal = refuse(request, config.web.publicUrl);
    if (refusal) return answer(refusal, requestId);
  }
  return fetchRequestHandler({
    endpoint,
    req: request,
    router: appRouter,
    maxBatchSize: largestBatch,
    createContext: () => context,
    responseMeta: () => ({ headers: new Headers({ "x-request-id": requestId }) }),
    onError: ({ error, path }) => reportError(log, error, { requestId, path }),
  });
}

function refuse(request: Request, publicUrl: string): AppError | null {
  if (!isSameOrigin(request.headers, publicUrl)) {
    return new AppError("forbidden", { message: "This request does not come from the dashboard's own pages." });
  }
  const type = request.headers.get("content-type") ?? "";
  if (!type.startsWith("application/json")) {
    return new AppError("invalid_input", { message: "Send the input as application/json." });
  }
  if (!isBounded(request.headers, largestBodyBytes)) {
    return new AppError("invalid_input", {
      message: `Send a body of known length, at most ${largestBodyBytes} bytes.`,
    });
  }
  return null;
}

function answer(refusal: AppError, requestId: string): Response {
  const data = toErrorData(toTrpcError(refusal), requestId);
  return Response.json({ error: { message: data.message, data } }, { status: data.httpStatus });
}
