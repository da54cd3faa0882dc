/**
 * Node's HTTP agent over our own connections: a request gets its socket only once that is connected (so one whose
 * endpoint refuses has not begun to read its body and can go elsewhere), what is under way is counted, and idle
 * connections are kept only to endpoints that are still routed.
 */
import { Agent, type ClientRequest, type ClientRequestArgs } from "node:http";
import { Socket } from "node:net";
import type { Duplex } from "node:stream";
import type { Connect } from "./connect";
import type { EndpointKey, InFlight } from "./in-flight";

type Connected = (error: Error | null, socket: Duplex) => void;

/** Shorter than the keep-alive of the usual application servers, so that it is mostly we who close idle connections. */
const idleMs = 4_000;

export type UpstreamAgentOptions = {
  connect: Connect;
  inFlight: InFlight;
  isRouted: (key: EndpointKey) => boolean;
  /** Whether connections wait for another request. One may be closed just when it is used again: see forwardRequest. */
  reuse: boolean;
};

export class UpstreamAgent extends Agent {
  readonly #own: UpstreamAgentOptions;

  constructor(own: UpstreamAgentOptions) {
    super({ keepAlive: own.reuse, maxFreeSockets: 64, timeout: idleMs });
    this.#own = own;
  }

  override createConnection(options: ClientRequestArgs, connected?: Connected): undefined {
    const failed = connected as (error: unknown) => void; // safe because Node ignores the socket beside an error
    this.#own
      .connect({ host: String(options.host), port: Number(options.port) })
      .then((socket) => connected?.(null, socket), failed);
  }

  override keepSocketAlive(socket: Duplex): boolean {
    if (!this.#own.isRouted(this.#own.inFlight.keyOf(socket))) return false;
    this.#own.inFlight.idled(socket);
    // Node's own types call this void, its documentation a boolean: false where the server announced to close too soon.
    const kept: unknown = super.keepSocketAlive(socket);
    return kept !== false;
  }

  override reuseSocket(socket: Duplex, request: ClientRequest): void {
    super.reuseSocket(socket, request);
    this.#own.inFlight.resumed(socket);
    if (socket instanceof Socket) socket.setTimeout(0);
  }

  /** Closes idle connections to endpoints that are no longer routed. */
  dropIdle(): void {
    for (const sockets of Object.values(this.freeSockets)) {
      for (const socket of sockets ?? []) {
        if (!this.#own.isRouted(this.#own.inFlight.keyOf(socket))) socket.destroy();
      }
    }
  }
}

/** Gives a single request the connection that was opened for it. */
export class HandingAgent extends Agent {
  readonly #socket: Socket;

  constructor(socket: Socket) {
    super({ keepAlive: false });
    this.#socket = socket;
  }

  override createConnection(): Socket {
    return this.#socket;
  }
}
