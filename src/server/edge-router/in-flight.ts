/**
 * What is under way to each endpoint, counted where it cannot be miscounted: a connection that carries a request, a
 * stream or an upgraded protocol is one, from before it is opened until it is closed or waits idle for reuse.
 */
import type { Duplex } from "node:stream";
import type { Endpoint } from "@/domain/plan/types";

export type EndpointKey = string;

export function endpointKey(endpoint: Endpoint): EndpointKey {
  return `${endpoint.host} ${endpoint.port}`;
}

export class InFlight {
  readonly #keys = new WeakMap<Duplex, EndpointKey>();
  readonly #active = new Map<EndpointKey, Set<Duplex>>();

  /** Counts a new connection until it closes. */
  opened(key: EndpointKey, connection: Duplex): void {
    this.#keys.set(connection, key);
    this.resumed(connection);
    connection.once("close", () => this.idled(connection));
  }

  /** The connection waits for reuse: nothing is under way on it. */
  idled(connection: Duplex): void {
    const key = this.keyOf(connection);
    const connections = this.#active.get(key);
    connections?.delete(connection);
    if (connections?.size === 0) this.#active.delete(key);
  }

  /** An idle connection carries something again. */
  resumed(connection: Duplex): void {
    const key = this.keyOf(connection);
    const connections = this.#active.get(key);
    if (connections) connections.add(connection);
    else this.#active.set(key, new Set([connection]));
  }

  keyOf(connection: Duplex): EndpointKey {
    return this.#keys.get(connection) ?? "";
  }

  count(keys: Iterable<EndpointKey>): number {
    let sum = 0;
    for (const key of new Set(keys)) sum += this.#active.get(key)?.size ?? 0;
    return sum;
  }

  /** Ends what is under way, and returns how many that were. */
  cut(keys: Iterable<EndpointKey>): number {
    let cut = 0;
    for (const key of new Set(keys)) {
      for (const connection of [...(this.#active.get(key) ?? [])]) {
        connection.destroy();
        cut += 1;
      }
    }
    return cut;
  }

  /** Ends everything, for a shutdown whose grace is over. */
  cutAll(): number {
    return this.cut([...this.#active.keys()]);
  }
}
