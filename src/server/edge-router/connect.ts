/** Opens connections to endpoints. Until it succeeds nothing was sent, so any failure here may be tried elsewhere. */
import net, { type Socket } from "node:net";
import type { Endpoint } from "@/domain/plan/types";
import { endpointKey, type InFlight } from "./in-flight";

/** An endpoint that took no connection: not one byte of a request reached it. */
export class Unreachable extends Error {
  override readonly name = "Unreachable";
}

/** A container's address answers within a millisecond or not at all; a vanished one is silent. */
export const connectTimeoutMs = 3_000;

export type Connect = (endpoint: Endpoint) => Promise<Socket>;

/** The connection counts as under way from before it is open. Rejects with Unreachable. */
export function createConnect(inFlight: InFlight, timeoutMs = connectTimeoutMs): Connect {
  return (endpoint) =>
    new Promise((resolve, reject) => {
      const { host, port } = endpoint;
      const socket = net.connect({ host, port, noDelay: true, keepAlive: true, keepAliveInitialDelay: 60_000 });
      inFlight.opened(endpointKey(endpoint), socket);
      const fail = (cause: Error) => reject(new Unreachable(`${host}:${port}: ${cause.message}`, { cause }));
      // Never taken off: once connected it changes nothing, and an error that nobody else hears would end the process.
      socket.on("error", fail);
      socket.setTimeout(timeoutMs, () => socket.destroy(new Error(`no connection within ${timeoutMs} ms`)));
      socket.once("connect", () => {
        socket.setTimeout(0);
        socket.removeAllListeners("timeout");
        resolve(socket);
      });
    });
}
