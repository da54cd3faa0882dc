/** Image references as Docker reads them (distribution/reference): an optional registry, a path, a tag or a digest. */

export type ImageReference = {
  /** "docker.io" where none is written. */
  registry: string;
  /** "library/node" for "node". */
  path: string;
  /** "latest" where neither tag nor digest is written. */
  tag: string | null;
  digest: string | null;
};

export function parseImageReference(text: string): ImageReference {
  const [named = "", digest = null] = text.split("@");
  const slash = named.indexOf("/");
  const first = named.slice(0, Math.max(slash, 0));
  const hasRegistry = first === "localhost" || /[.:]/.test(first);
  const rest = hasRegistry ? named.slice(slash + 1) : named;
  const colon = rest.lastIndexOf(":");
  const path = colon > rest.lastIndexOf("/") ? rest.slice(0, colon) : rest;
  const tag = path === rest ? null : rest.slice(colon + 1);
  const registry = hasRegistry && first !== "index.docker.io" ? first : "docker.io";
  return {
    registry,
    path: registry === "docker.io" && !path.includes("/") ? `library/${path}` : path,
    tag: tag ?? (digest ? null : "latest"),
    digest,
  };
}

/** With the tag that is meant where none is written: with none the Engine would pull every tag, and find images by the beginning of their id. */
export function withTag(reference: string): string {
  const { tag, digest } = parseImageReference(reference);
  return digest || reference.endsWith(`:${tag}`) ? reference : `${reference}:${tag}`;
}

/** Where a mirror (host[:port][/prefix]) keeps the image; null for images of registries other than Docker Hub. */
export function mirroredReference(reference: string, mirror: string): string | null {
  const { registry, path, tag, digest } = parseImageReference(reference);
  if (registry !== "docker.io") return null;
  return `${mirror.replace(/\/+$/, "")}/${path}${digest ? `@${digest}` : `:${tag}`}`;
}
