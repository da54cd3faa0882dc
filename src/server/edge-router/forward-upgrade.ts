/** Carries a WebSocket: connects first, so that an endpoint that refuses costs nothing, then hands both ends over. */
import type { IncomingMessage } from "node:http";
import { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { createProxyServer } from "httpxy";
import type { CountedRequest } from "./counted-request";
import { EndpointSearch } from "./find-endpoint";
import { setForwardedHeaders } from "./forwarded-headers";
import { stripRequest } from "./hop-by-hop";
import { statusOf, type Trouble } from "./pages";
import type { RouterParts } from "./router-parts";
import { HandingAgent } from "./upstream-agent";

export type ForwardUpgrade = (
  request: IncomingMessage,
  client: Socket,
  head: Buffer,
  host: string,
  counted: CountedRequest,
) => Promise<void>;

/** How long an application may take to accept or refuse the upgrade. */
const upgradeTimeoutMs = 60_000;

export function createForwardUpgrade(parts: RouterParts): ForwardUpgrade {
  const proxy = createProxyServer({ upgradeTimeout: upgradeTimeoutMs });
  const upstreams = new WeakMap<Duplex, Socket>();
  const exchanges = new WeakMap<IncomingMessage, CountedRequest>();
  proxy.on("proxyReqWs", (upstream, request) => {
    const counted = exchanges.get(request);
    upstream.once("upgrade", () => counted?.answered(101));
    upstream.once("response", (response) => counted?.answered(response.statusCode ?? 0));
  });
  // Emitted before httpxy ends the client's socket, so that an answer can still be written.
  proxy.on("error", (error, request, client) => {
    parts.log.debug({ err: error, host: request?.headers.host }, "upgrade failed");
    const counted = request && exchanges.get(request);
    if (client instanceof Socket && !client.destroyed) counted?.unanswered();
    const silent = client instanceof Socket && upstreams.get(client)?.bytesRead === 0;
    if (silent) refuseUpgrade(client, "not_answering");
  });

  return async (request, client, head, host, counted) => {
    client.once("close", () => counted.abandoned());
    const upstream = await connectToAny(parts, host, counted);
    if (client.destroyed) return void upstream?.destroy();
    if (upstream === null) {
      counted.unanswered();
      return refuseUpgrade(client, "not_answering");
    }
    prepareHeaders(request, parts);
    exchanges.set(request, counted);
    tie(client, upstream);
    upstreams.set(client, upstream);
    await proxy.ws(request, client, { target: { host, port: 80 }, agent: new HandingAgent(upstream) }, head);
  };
}

async function connectToAny(parts: RouterParts, host: string, counted: CountedRequest): Promise<Socket | null> {
  const search = new EndpointSearch({ ...parts, picker: parts.upstreams.picker }, host, (backend) =>
    counted.isFor(backend),
  );
  for (let endpoint = search.next(); endpoint !== undefined; endpoint = search.next()) {
    try {
      return await parts.upstreams.connect(endpoint);
    } catch {
      search.refused(endpoint);
    }
  }
  return null;
}

function prepareHeaders(request: IncomingMessage, parts: RouterParts): void {
  stripRequest(request.headers);
  request.headers.connection = "Upgrade";
  request.headers.upgrade = "websocket";
  setForwardedHeaders(request.headers, request.socket, parts.trusted);
}

/** When one end is gone the other goes too, after what it still has to send. */
function tie(client: Socket, upstream: Socket): void {
  client.once("close", () => upstream.destroySoon());
  upstream.once("close", () => client.destroySoon());
}

/** Answers an upgrade that nobody takes, on the bare socket. */
export function refuseUpgrade(client: Socket, trouble: Trouble): void {
  const { status, retryAfterSeconds } = statusOf(trouble);
  const retry = retryAfterSeconds === null ? "" : `Retry-After: ${retryAfterSeconds}\r\n`;
  client.end(`HTTP/1.1 ${status} Unavailable\r\n${retry}Connection: close\r\nContent-Length: 0\r\n\r\n`);
}
