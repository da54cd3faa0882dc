import type { ApiErrorData } from "@/contracts/api-error";
import { createContext } from "./create-context";
import { reportError, toErrorData, toTrpcError } from "./errors";
import { appRouter } from "./root";
import { createCallerFactory } from "./trpc";

const callerOf = createCallerFactory(appRouter);

/**
 * A whole log as a text file. It is read as fast as it is taken and never held whole. `input` is checked by the
 * procedure, and so is who asks.
 */
export async function answerLogDownload(
  request: Request,
  input: { deploymentId: string; kind: string },
): Promise<Response> {
  const context = createContext(request.headers);
  const { log, requestId } = context;
  try {
    const caller = callerOf(context, { signal: request.signal });
    const wanted = input as Parameters<typeof caller.log.export>[0]; // safe because the procedure parses it
    const pieces = (await caller.log.export(wanted))[Symbol.asyncIterator]();
    // What is refused is refused before a status is sent.
    const first = await pieces.next();
    return new Response(toStream(first, pieces), {
      headers: {
        "content-type": "text/plain; charset=utf-8",
        // The link that leads here names the file.
        "content-disposition": "attachment",
        "cache-control": "no-store",
        "x-request-id": requestId,
      },
    });
  } catch (error) {
    reportError(log, error, { requestId, path: "log.export" });
    const data: ApiErrorData = toErrorData(toTrpcError(error), requestId);
    return Response.json({ error: { message: data.message, data } }, { status: data.httpStatus });
  }
}

function toStream(
  first: IteratorResult<string, void>,
  rest: AsyncIterator<string, void>,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const encoder = new TextEncoder();
  let next: IteratorResult<string, void> | null = first;
  return new ReadableStream({
    async pull(controller) {
      const piece = next ?? (await rest.next());
      next = null;
      if (piece.done) controller.close();
      else controller.enqueue(encoder.encode(piece.value));
    },
    async cancel() {
      await rest.return?.();
    },
  });
}
