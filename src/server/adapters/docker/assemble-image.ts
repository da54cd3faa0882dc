import type { Readable } from "node:stream";
import type Dockerode from "dockerode";
import { AppError } from "@/domain/errors";
import { label } from "@/domain/naming";
import type { AssembledKind } from "./base/assembled-kind";
import { busyboxRoot } from "./base/busybox-root";
import { certificateBundle } from "./base/certificates";
import { MissingPart } from "./base/missing-part";
import { nodeRoot } from "./base/node-root";
import { packRoot } from "./base/pack-root";
import { rootDigest } from "./base/root-digest";
import type { BaseRoot } from "./base/root-entry";
import { findImage } from "./find-image";
import { jsonLines } from "./json-lines";
import { translateError } from "./translate-error";

const outdatedAfterSeconds = 3600;

const roots: Record<AssembledKind, (certificates: string) => Promise<BaseRoot>> = {
  node: nodeRoot,
  busybox: busyboxRoot,
};

/** A base image made of what this machine has: `digest` identifies the inputs, `contents` says what it really holds. */
export type AssembledImage = { reference: string; digest: string; contents: string; root: BaseRoot };

/** Describes the image without making it. Throws base_image_unavailable where this machine lacks a part. */
export async function describeAssembled(
  docker: Dockerode,
  kind: AssembledKind,
  extraCaCerts: string | null,
): Promise<AssembledImage> {
  try {
    await requireOwnPlatform(docker);
    const root = await roots[kind](await certificateBundle(extraCaCerts));
    const digest = await rootDigest(root);
    return { reference: `${repository(kind)}:${digest}`, digest, contents: root.contents, root };
  } catch (error) {
    if (!(error instanceof MissingPart)) throw translateError(error, "base_image_unavailable");
    throw new AppError("base_image_unavailable", {
      message: `No registry is reachable, and a ${kind} image cannot be assembled on this server: ${error.message}.`,
      fix: `${error.fix}, or make a registry reachable (IMAGE_MIRROR); see docker/base/README.md (the operator's job).`,
      cause: error,
    });
  }
}

/** Imports it unless it is there; older ones of its kind go. */
export async function assembleImage(docker: Dockerode, kind: AssembledKind, image: AssembledImage): Promise<void> {
  if (await findImage(docker, image.reference)) return;
  await importRoot(docker, image);
  const images = await docker.listImages({ filters: { reference: [repository(kind)] } }).catch(() => []);
  for (const { RepoTags, Created } of images) {
    // A young one may be another process's, made of other certificates and about to be used.
    const outdated = Date.now() / 1000 - Created > outdatedAfterSeconds;
    const tags = (RepoTags ?? []).filter((tag) => tag.startsWith(`${repository(kind)}:`) && tag !== image.reference);
    for (const tag of outdated ? tags : [])
      await docker
        .getImage(tag)
        .remove()
        .catch(() => {}); // In use: next time.
  }
}

async function importRoot(docker: Dockerode, { reference, digest, contents, root }: AssembledImage): Promise<void> {
  const labels = { [label.assembled]: digest, [label.assembledContents]: contents };
  const changes = [...root.changes, ...Object.entries(labels).map(([key, value]) => `LABEL ${key}="${value}"`)];
  const [repo, tag] = reference.split(":");
  try {
    // safe because the declaration says ReadableStream where node:http gives an IncomingMessage
    const answer = (await docker.importImage(packRoot(root.entries), { repo, tag, changes })) as Readable;
    for await (const message of jsonLines(answer)) {
      if (typeof message.error === "string") throw new Error(message.error);
    }
  } catch (error) {
    throw translateError(error, "base_image_unavailable");
  }
}

function repository(kind: AssembledKind): string {
  return `helvetia/assembled-${kind}`;
}

const architectures: Partial<Record<string, string>> = { x64: "amd64", arm64: "arm64" };

async function requireOwnPlatform(docker: Dockerode): Promise<void> {
  const { Os, Arch } = await docker.version();
  if (process.platform === Os && architectures[process.arch] === Arch) return;
  throw new MissingPart(
    `the Docker Engine runs ${Os}/${Arch}, this server's programs are for ${process.platform}/${process.arch}`,
    "Load the image with `docker load`",
  );
}
