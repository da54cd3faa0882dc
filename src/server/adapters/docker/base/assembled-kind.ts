/** The images a closed network can have without a registry; docker/base/README.md is the list for people. */
export type AssembledKind = "node" | "busybox";

/** `path` and `registry` as parsed of a reference; null: only a registry has it. */
export function assembledKind(reference: { registry: string; path: string }): AssembledKind | null {
  if (reference.registry !== "docker.io") return null;
  if (reference.path === "library/node") return "node";
  if (reference.path === "library/busybox") return "busybox";
  return null;
}
