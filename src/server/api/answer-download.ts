import type { ApiErrorData } from "@/contracts/api-error";
import { createContext } from "./create-context";
import { reportError, toErrorData, toTrpcError } from "./errors";
import { appRouter } from "./root";
import { createCallerFactory } from "./trpc";

const callerOf = createCallerFactory(appRouter);

type Caller = ReturnType<typeof callerOf>;

export type Download = {
  /** The procedure that hands it out, for the operator's log. */
  path: string;
  contentType: string;
  read(caller: Caller): Promise<AsyncIterable<string, void>>;
};

/** A text that may be long, as a file: read as fast as it is taken, and never held whole. The procedure checks who asks. */
export async function answerDownload(request: Request, download: Download): Promise<Response> {
  const context = createContext(request.headers);
  const { log, requestId } = context;
  try {
    const caller = callerOf(context, { signal: request.signal });
    const pieces = (await download.read(caller))[Symbol.asyncIterator]();
    // What is refused is refused before a status is sent.
    const first = await pieces.next();
    return new Response(toStream(first, pieces), {
      headers: {
        "content-type": `${download.contentType}; charset=utf-8`,
        // The link that leads here names the file.
        "content-disposition": "attachment",
        "cache-control": "no-store",
        "x-request-id": requestId,
      },
    });
  } catch (error) {
    reportError(log, error, { requestId, path: download.path });
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
