/**
 * What is routed now. Every change replaces the maps whole, so a request sees the table before or after it, never a
 * part. A host that two files claim stays with the file whose name sorts first, as a rule that two people can predict.
 */
import { type Backend, type RouteFile, type Router, readRouteFile } from "./route-file";

export type Route = { router: Router; backend: Backend; fileName: string };

type Maps = { hosts: Map<string, Route>; routers: Map<string, Route>; backends: Map<string, Backend> };

export class RouteTable {
  readonly #files = new Map<string, { text: string; file: RouteFile }>();
  readonly #onChange: Array<() => void> = [];
  #maps: Maps = { hosts: new Map(), routers: new Map(), backends: new Map() };

  find(host: string): Route | undefined {
    return this.#maps.hosts.get(host);
  }

  get routers(): ReadonlyMap<string, Route> {
    return this.#maps.routers;
  }

  get backends(): ReadonlyMap<string, Backend> {
    return this.#maps.backends;
  }

  get fileNames(): string[] {
    return [...this.#files.keys()];
  }

  /** Runs after each change of the table. */
  onChange(listener: () => void): void {
    this.#onChange.push(listener);
  }

  /**
   * Takes over the texts of files, null for one that is gone, as one change. Files that cannot be used are returned
   * with the reason; their last good routes stay.
   */
  apply(changes: Iterable<[fileName: string, text: string | null]>): { fileName: string; reason: string }[] {
    const refused: { fileName: string; reason: string }[] = [];
    let changed = false;
    for (const [fileName, text] of changes) {
      if (this.#files.get(fileName)?.text === (text ?? undefined)) continue;
      try {
        if (text === null) this.#files.delete(fileName);
        else this.#files.set(fileName, { text, file: readRouteFile(text) });
        changed = true;
      } catch (error) {
        refused.push({ fileName, reason: error instanceof Error ? error.message : String(error) });
      }
    }
    if (changed) this.#rebuild();
    return refused;
  }

  #rebuild(): void {
    const next: Maps = { hosts: new Map(), routers: new Map(), backends: new Map() };
    for (const [fileName, { file }] of [...this.#files].sort(([a], [b]) => (a < b ? -1 : 1)))
      addFile(next, fileName, file);
    this.#maps = next;
    for (const listener of this.#onChange) listener();
  }
}

function addFile(maps: Maps, fileName: string, file: RouteFile): void {
  const own = new Map(file.backends.map((backend) => [backend.name, backend]));
  for (const backend of file.backends) if (!maps.backends.has(backend.name)) maps.backends.set(backend.name, backend);
  for (const router of file.routers) {
    const backend = own.get(router.backend);
    if (backend === undefined || maps.routers.has(router.name)) continue;
    const route = { router, backend, fileName };
    maps.routers.set(router.name, route);
    for (const host of router.hosts) if (!maps.hosts.has(host)) maps.hosts.set(host, route);
  }
}
