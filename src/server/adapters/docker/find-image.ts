import type Dockerode from "dockerode";
import type { ImageInfo, ListedImage } from "@/server/ports";
import { parseImageReference } from "./image-reference";
import { labelFilter } from "./label-filter";
import { orAbsent, translateError } from "./translate-error";

/** `reference` is a name:tag, name@digest or id; it comes back as it was asked for. */
export async function findImage(docker: Dockerode, reference: string): Promise<ImageInfo | null> {
  const info = await orAbsent(docker.getImage(reference).inspect(), null);
  return info && imageInfo(info, reference);
}

/**
 * One entry a tag; an image without one is listed by each digest that it was pulled by, and one without those by its id.
 * One request, however many there are.
 */
export async function listImages(docker: Dockerode, labels: Record<string, string>): Promise<ListedImage[]> {
  const images = await docker.listImages({ filters: labelFilter(labels) }).catch((error: unknown) => {
    throw translateError(error);
  });
  return images.flatMap(({ Id, RepoTags, RepoDigests, Size, Labels }) => {
    const tags = (RepoTags ?? []).filter((tag) => tag !== "<none>:<none>");
    const digests = (RepoDigests ?? []).filter((digest) => digest !== "<none>@<none>");
    const references = [tags, digests, [Id]].find((names) => names.length > 0) ?? [];
    return references.map((reference) => ({ id: Id, reference, sizeBytes: Size, labels: Labels ?? {} }));
  });
}

/** Throws engine_refused while a container uses it. What it was built on stays: that is somebody else's. */
export async function removeImage(docker: Dockerode, reference: string): Promise<void> {
  await orAbsent(docker.getImage(reference).remove({ noprune: true }), undefined);
}

/** HEALTHCHECK NONE takes away what the base image has. */
function hasHealthcheck(config: object): boolean {
  const { Healthcheck: check } = config as { Healthcheck?: { Test?: string[] } }; // safe because every Engine has it, and the declaration does not
  return check?.Test !== undefined && check.Test.length > 0 && check.Test[0] !== "NONE";
}

function imageInfo(info: Dockerode.ImageInspectInfo, reference: string): ImageInfo {
  return {
    id: info.Id,
    reference,
    sizeBytes: info.Size,
    exposedPorts: Object.keys(info.Config.ExposedPorts ?? {})
      .filter((port) => !port.endsWith("/udp"))
      .map((port) => Number.parseInt(port, 10))
      .sort((a, b) => a - b),
    hasHealthcheck: hasHealthcheck(info.Config),
    labels: info.Config.Labels ?? {},
    digest: digestUnder(reference, info.RepoDigests ?? []),
  };
}

/** An image keeps the digest of each repository that it was pulled from or pushed to. */
function digestUnder(reference: string, repoDigests: string[]): string | null {
  const { registry, path } = parseImageReference(reference);
  const known = repoDigests.map(parseImageReference);
  return known.find((one) => one.registry === registry && one.path === path)?.digest ?? null;
}
