/** The listeners of the public port: which route a request is for, and what is said when none can answer. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { placeholderReason } from "@/domain/naming";
import { CountedRequest } from "./counted-request";
import { createForwardRequest } from "./forward-request";
import { createForwardUpgrade, refuseUpgrade } from "./forward-upgrade";
import { hostName } from "./host-name";
import { sendPage, type Trouble } from "./pages";
import { hasBody, hasOneHost, normalizeTarget } from "./request-framing";
import type { Route } from "./route-table";
import type { RouterParts } from "./router-parts";

/** A client that sends nothing for so long in the middle of a body is gone; a response may be silent for as long as it likes. */
const silentBodyMs = 120_000;

export function createTraffic(parts: RouterParts) {
  const forwardRequest = createForwardRequest(parts);
  const forwardUpgrade = createForwardUpgrade(parts);

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!hasOneHost(request)) return void response.writeHead(400, { connection: "close" }).end();
    normalizeTarget(request);
    const host = hostName(request.headers.host);
    const route = parts.table.find(host);
    if (route === undefined) return sendPage(request, response, "unknown_host");
    const counted = new CountedRequest(parts.records, route.backend.name);
    response.once("close", () => counted.abandoned());
    limitSilence(request, response);
    const trouble = troubleOf(route);
    if (trouble !== null) {
      counted.unanswered();
      return sendPage(request, response, trouble);
    }
    await forwardRequest(request, response, host, counted);
  }

  async function upgrade(request: IncomingMessage, client: Socket, head: Buffer): Promise<void> {
    if (!hasOneHost(request)) return void client.destroy();
    normalizeTarget(request);
    const host = hostName(request.headers.host);
    const route = parts.table.find(host);
    if (route === undefined) return refuseUpgrade(client, "unknown_host");
    const counted = new CountedRequest(parts.records, route.backend.name);
    const trouble = troubleOf(route);
    if (trouble !== null) {
      counted.unanswered();
      return refuseUpgrade(client, trouble);
    }
    await forwardUpgrade(request, client, head, host, counted);
  }

  return {
    onRequest(request: IncomingMessage, response: ServerResponse): void {
      answer(request, response).catch((error: unknown) => {
        parts.log.error({ err: error, host: request.headers.host }, "forwarding failed");
        response.destroy();
      });
    },
    onUpgrade(request: IncomingMessage, client: Duplex, head: Buffer): void {
      // Without a listener an error of this socket would end the process; its close says all that matters.
      client.on("error", () => {});
      if (!(client instanceof Socket)) return void client.destroy();
      upgrade(request, client, head).catch((error: unknown) => {
        parts.log.error({ err: error, host: request.headers.host }, "forwarding an upgrade failed");
        client.destroy();
      });
    },
  };
}

/** Only WebSockets are upgraded; another offer, such as curl's h2c, is passed over and the request answered as it is. */
export function isWebSocket(request: IncomingMessage): boolean {
  return request.method === "GET" && request.headers.upgrade?.toLowerCase() === "websocket";
}

function troubleOf({ backend }: Route): Trouble | null {
  if (backend.endpoints.length > 0) return null;
  return placeholderReason(backend.name) === "stopped" ? "stopped" : "not_answering";
}

function limitSilence(request: IncomingMessage, response: ServerResponse): void {
  if (!hasBody(request.headers)) return;
  const { socket } = request;
  socket.setTimeout(silentBodyMs);
  request.once("end", () => {
    // After the response the connection is idle, and the server's own limit for that counts.
    if (!response.writableFinished) socket.setTimeout(0);
  });
}
