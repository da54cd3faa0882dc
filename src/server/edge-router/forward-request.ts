/**
 * Carries one HTTP request to an endpoint and its response back, both as streams. What decides whether a request may
 * be sent again is what can have reached the application: nothing, where the connection was refused; and where a kept
 * connection turned out to be closed, perhaps something, so only requests that may be repeated travel on those
 * (RFC 9110 section 9.2.2).
 */
import type { ClientRequest, IncomingMessage, ServerResponse } from "node:http";
import { createProxyServer } from "httpxy";
import { Unreachable } from "./connect";
import type { CountedRequest } from "./counted-request";
import { EndpointSearch } from "./find-endpoint";
import { setForwardedHeaders } from "./forwarded-headers";
import { stripRequest, withoutHopByHop } from "./hop-by-hop";
import { sendPage } from "./pages";
import { hasBody, isLongUpload } from "./request-framing";
import type { RouterParts } from "./router-parts";

export type ForwardRequest = (
  request: IncomingMessage,
  response: ServerResponse,
  host: string,
  counted: CountedRequest,
) => Promise<void>;

type Exchange = { expectsContinue: boolean; onReusedConnection: boolean; counted: CountedRequest };

export function createForwardRequest(parts: RouterParts): ForwardRequest {
  const proxy = createProxyServer({ selfHandleResponse: true });
  const exchanges = new WeakMap<IncomingMessage, Exchange>();
  proxy.on("proxyReq", (upstream, request, response) => {
    const exchange = exchanges.get(request);
    if (exchange === undefined) return;
    exchange.onReusedConnection = upstream.reusedSocket;
    // Told to close, an application that answers before it has read all of the body would reset the connection, and
    // its answer (413, 401) would be lost.
    if (isLongUpload(request.headers)) upstream.setHeader("connection", "keep-alive");
    if (exchange.expectsContinue) passContinue(upstream, response);
  });
  proxy.on("proxyRes", (upstream, request, response) => {
    const exchange = exchanges.get(request);
    if (exchange !== undefined) answer(upstream, request, response, exchange.counted);
  });

  return async (request, response, host, counted) => {
    const exchange = { expectsContinue: request.headers.expect !== undefined, onReusedConnection: false, counted };
    exchanges.set(request, exchange);
    prepareHeaders(request, parts);
    const search = new EndpointSearch({ ...parts, picker: parts.upstreams.picker }, host, (backend) =>
      counted.isFor(backend),
    );
    let mayReuse = mayRepeat(request, exchange);
    const giveUp = () => {
      counted.unanswered();
      sendPage(request, response, "not_answering");
    };
    for (;;) {
      const endpoint = search.next();
      if (endpoint === undefined) return giveUp();
      const target = { protocol: "http:", host: endpoint.host, port: endpoint.port };
      const agent = parts.upstreams.agentFor(mayReuse);
      const failure = await proxy.web(request, response, { target, agent }).then(() => null, asError);
      if (failure === null || request.socket.destroyed) return;
      if (response.headersSent) {
        counted.broke();
        return void response.destroy();
      }
      if (failure instanceof Unreachable) search.refused(endpoint);
      else if (mayReuse && exchange.onReusedConnection) mayReuse = false;
      else return giveUp();
    }
  };
}

function prepareHeaders(request: IncomingMessage, parts: RouterParts): void {
  stripRequest(request.headers);
  delete request.headers.expect;
  setForwardedHeaders(request.headers, request.socket, parts.trusted);
}

/** Whether sending this twice does what sending it once does, and there is no body that was read meanwhile. */
function mayRepeat(request: IncomingMessage, exchange: Exchange): boolean {
  const { method = "", headers } = request;
  return ["GET", "HEAD", "OPTIONS"].includes(method) && !hasBody(headers) && !exchange.expectsContinue;
}

/** The application, not the router, decides whether the body may come. */
function passContinue(upstream: ClientRequest, response: ServerResponse): void {
  upstream.setHeader("expect", "100-continue");
  upstream.once("continue", () => response.writeContinue());
  upstream.flushHeaders();
}

function answer(
  upstream: IncomingMessage,
  request: IncomingMessage,
  response: ServerResponse,
  counted: CountedRequest,
): void {
  try {
    const headers = withoutHopByHop(upstream.rawHeaders, upstream.headers.connection);
    response.writeHead(upstream.statusCode ?? 0, upstream.statusMessage, headers);
  } catch {
    // A status or header that Node reads but refuses to write; the application's fault must not end the router.
    upstream.destroy();
    counted.unanswered();
    sendPage(request, response, "not_answering");
    return;
  }
  counted.answered(upstream.statusCode ?? 0);
  countBreak(upstream, response, counted);
  upstream.pipe(response);
  // An event stream sends its headers long before its first event: they must not wait for it.
  setImmediate(() => {
    if (!response.writableEnded) response.flushHeaders();
  });
}

/** Whichever end goes first broke it: once the client is gone, the router itself ends the application's answer. */
function countBreak(upstream: IncomingMessage, response: ServerResponse, counted: CountedRequest): void {
  const onEnd = () => {
    if (!upstream.complete && !response.destroyed) counted.broke();
  };
  upstream.once("error", onEnd).once("close", onEnd);
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
