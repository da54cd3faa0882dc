/**
 * Chooses among a backend's endpoints: in turn, passing over those that took no connection lately as long as another
 * is left. The cursor is kept by backend name, so it survives a reload of the file.
 */
import type { Endpoint } from "@/domain/plan/types";
import { type EndpointKey, endpointKey } from "./in-flight";
import type { Backend } from "./route-file";

export const suspectMs = 2_000;

export class EndpointPicker {
  readonly #turns = new Map<string, number>();
  readonly #suspects = new Map<EndpointKey, number>();
  readonly #now: () => number;

  /** `now`: milliseconds of a clock that never goes back. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** The next endpoint that is not among the tried ones; undefined when none is left. */
  next(backend: Backend, tried: ReadonlySet<EndpointKey>): Endpoint | undefined {
    const { endpoints } = backend;
    const turn = this.#turns.get(backend.name) ?? 0;
    this.#turns.set(backend.name, (turn + 1) % Math.max(1, endpoints.length));
    let suspect: Endpoint | undefined;
    for (let offset = 0; offset < endpoints.length; offset += 1) {
      const endpoint = endpoints[(turn + offset) % endpoints.length];
      if (endpoint === undefined || tried.has(endpointKey(endpoint))) continue;
      if (!this.#isSuspect(endpointKey(endpoint))) return endpoint;
      suspect ??= endpoint;
    }
    return suspect;
  }

  /** This endpoint took no connection. */
  suspect(key: EndpointKey): void {
    this.#suspects.set(key, this.#now() + suspectMs);
  }

  /** Forgets backends and endpoints that are no longer routed. */
  forgetExcept(backends: ReadonlyMap<string, Backend>, isRouted: (key: EndpointKey) => boolean): void {
    for (const name of this.#turns.keys()) if (!backends.has(name)) this.#turns.delete(name);
    for (const key of this.#suspects.keys()) if (!isRouted(key)) this.#suspects.delete(key);
  }

  #isSuspect(key: EndpointKey): boolean {
    const until = this.#suspects.get(key);
    if (until === undefined) return false;
    if (this.#now() < until) return true;
    this.#suspects.delete(key);
    return false;
  }
}
