import type Dockerode from "dockerode";
import { isAppError } from "@/domain/errors";
import { label } from "@/domain/naming";
import type { ImageInfo } from "@/server/ports";
import { type AssembledImage, assembleImage } from "./assemble-image";
import { type AssembledKind, assembledKind } from "./base/assembled-kind";
import { findImage } from "./find-image";
import { parseImageReference } from "./image-reference";
import { pullImage } from "./pull-image";
import { translateError } from "./translate-error";

export type ImageSource = {
  imageMirror: string | null;
  /** A way to the Engine that is given any time. */
  streams: Dockerode;
  /** A pull in which nothing arrives for so long is ended. */
  pullStallMs: number;
  /** What this machine could make; throws base_image_unavailable. */
  describeAssembled(kind: AssembledKind): Promise<AssembledImage>;
};

/**
 * Makes sure that the Engine has the image: present, else pulled, else, where no registry answers and this machine has
 * the parts, assembled. `say` gets what a person should know. Throws image_not_found, base_image_unavailable, disk_full.
 */
export async function ensureImage(
  docker: Dockerode,
  reference: string,
  source: ImageSource,
  say: (text: string) => void,
  signal: AbortSignal,
): Promise<ImageInfo> {
  signal.throwIfAborted();
  const present = await findImage(docker, reference);
  if (present && !(await isOutdated(present, source))) {
    const contents = present.labels[label.assembledContents];
    if (contents) say(`${reference} was assembled on this server, as no registry was reachable: ${contents}`);
    return present;
  }
  say(`Pulling ${reference}`);
  const startedAt = performance.now();
  const assembled = await pullOrAssemble(docker, reference, source, say, signal);
  const image = await findImage(docker, reference);
  if (!image) throw translateError(new Error(`${reference} is gone right after it came`), "base_image_unavailable");
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  if (!assembled) say(`Pulled ${reference}, ${Math.round(image.sizeBytes / 1e6)} MB in ${seconds} s`);
  return image;
}

/** Whether it was assembled here, from parts that have changed since. */
async function isOutdated(image: ImageInfo, source: ImageSource): Promise<boolean> {
  const kind = assembledKind(parseImageReference(image.reference));
  const digest = image.labels[label.assembled];
  if (!kind || !digest) return false;
  try {
    return (await source.describeAssembled(kind)).digest !== digest;
  } catch {
    return false; // What is there works, and a part that went missing cannot make a better one.
  }
}

/** Resolves to whether it was assembled. */
async function pullOrAssemble(
  docker: Dockerode,
  reference: string,
  source: ImageSource,
  say: (text: string) => void,
  signal: AbortSignal,
): Promise<boolean> {
  try {
    await pullImage(source, reference, signal);
    return false;
  } catch (error) {
    const { registry, path, tag, digest } = parseImageReference(reference);
    const kind = digest ? null : assembledKind({ registry, path });
    if (!kind || !isAppError(error, "base_image_unavailable")) throw error;
    const image = await source.describeAssembled(kind);
    signal.throwIfAborted();
    await assembleImage(docker, kind, image);
    const repo = reference.endsWith(`:${tag}`) ? reference.slice(0, -`:${tag}`.length) : reference;
    await docker.getImage(image.reference).tag({ repo, tag: tag ?? "latest" });
    say(
      `${error.message} Assembled ${reference} on this server instead. It holds ${image.contents}, and no apk or apt.`,
    );
    return true;
  }
}
