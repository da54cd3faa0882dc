/** Asks the router's API: Traefik's, or the embedded router's. */
import { Agent, type IncomingMessage, request } from "node:http";
import { json as readJson, text as readText } from "node:stream/consumers";

/** `body`: what the JSON says, or the text where the answer is none. */
export type RouterAnswer = { status: number; body: unknown };

export type AskRouter = (path: string, options?: { post?: unknown; signal?: AbortSignal }) => Promise<RouterAnswer>;

/** A router that accepts and then says nothing must not hold up a deployment. */
const silentMs = 5_000;

/** The function rejects where the router does not answer, or in JSON that is none, and with the signal's reason on abort. */
export function createAskRouter(apiUrl: string): AskRouter {
  // A kept connection may be closed by the router just when it is used again; a new one on loopback costs little.
  const agent = new Agent({ keepAlive: false });
  return async (path, { post, signal } = {}) => {
    const body = post === undefined ? undefined : JSON.stringify(post);
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      const asking = request(new URL(path, apiUrl), {
        agent,
        method: body === undefined ? "GET" : "POST",
        headers:
          body === undefined ? {} : { "content-type": "application/json", "content-length": Buffer.byteLength(body) },
        timeout: silentMs,
      });
      const abort = () => asking.destroy(asError(signal?.reason));
      signal?.addEventListener("abort", abort, { once: true });
      asking.once("close", () => signal?.removeEventListener("abort", abort));
      asking.once("timeout", () => asking.destroy(new Error(`the router's API said nothing for ${silentMs} ms`)));
      asking.once("response", resolve);
      asking.once("error", reject);
      asking.end(body);
    });
    const status = response.statusCode ?? 0;
    if (!/json/.test(response.headers["content-type"] ?? "")) {
      return { status, body: await readText(response) };
    }
    return { status, body: await readJson(response) };
  };
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error(String(reason));
}
