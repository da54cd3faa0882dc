/**
 * The endpoints that a request may still try, asked for one at a time. Each question looks at the table as it is then,
 * so a request whose endpoint has just gone away finds the one that the route moved to.
 */
import type { Endpoint } from "@/domain/plan/types";
import { endpointKey } from "./in-flight";
import type { EndpointPicker } from "./pick-endpoint";
import type { RouteTable } from "./route-table";

export class EndpointSearch {
  readonly #tried = new Set<string>();
  #reread = false;
  readonly #table: RouteTable;
  readonly #picker: EndpointPicker;
  readonly #rereadFile: (fileName: string) => void;
  readonly #host: string;
  readonly #onBackend: (name: string) => void;

  /** `onBackend`: told at each question whose endpoint is looked for. */
  constructor(
    parts: { table: RouteTable; picker: EndpointPicker; reread: (fileName: string) => void },
    host: string,
    onBackend: (name: string) => void = () => {},
  ) {
    this.#table = parts.table;
    this.#picker = parts.picker;
    this.#rereadFile = parts.reread;
    this.#host = host;
    this.#onBackend = onBackend;
  }

  next(): Endpoint | undefined {
    const route = this.#table.find(this.#host);
    if (route === undefined) return undefined;
    this.#onBackend(route.backend.name);
    const endpoint = this.#picker.next(route.backend, this.#tried);
    if (endpoint !== undefined || this.#reread) return endpoint;
    // All that we know of refused. Perhaps the file changed and its event is still on the way.
    this.#reread = true;
    this.#rereadFile(route.fileName);
    return this.next();
  }

  /** This endpoint took no connection. */
  refused(endpoint: Endpoint): void {
    this.#tried.add(endpointKey(endpoint));
    this.#picker.suspect(endpointKey(endpoint));
  }
}
