import type Dockerode from "dockerode";
import { type AppError, type ErrorCode, isAppError } from "@/domain/errors";
import type { ImageInfo } from "@/server/ports";
import { ensureImage, type ImageSource } from "./ensure-image";
import { findImage } from "./find-image";
import { parseImageReference, withTag } from "./image-reference";
import { pullImage } from "./pull-image";

/** What a registry says, or does not, where its image cannot be had from it. */
const refusals: ErrorCode[] = ["base_image_unavailable", "image_not_found", "image_access_denied"];

/** See the port. */
export async function refreshImage(
  docker: Dockerode,
  reference: string,
  source: ImageSource,
  say: (text: string) => void,
  signal: AbortSignal,
): Promise<ImageInfo> {
  signal.throwIfAborted();
  const image = await refresh(docker, withTag(reference), source, say, signal);
  return { ...image, reference };
}

/** A tag moves, so what is here may not be what the registry has by now. */
async function refresh(
  docker: Dockerode,
  name: string,
  source: ImageSource,
  say: (text: string) => void,
  signal: AbortSignal,
): Promise<ImageInfo> {
  const present = await findImage(docker, name);
  // A digest is one image for ever.
  if (!present || parseImageReference(name).digest !== null) return ensureImage(docker, name, source, say, signal);
  say(`Pulling ${name}`);
  try {
    await pullImage(source, name, signal);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    say(`${error.message} The image of that name that is on this server is used.`);
    return ensureImage(docker, name, source, say, signal);
  }
  const image = (await findImage(docker, name)) ?? present;
  say(image.id === present.id ? `${name} has not changed` : `Pulled a newer ${name}`);
  return image;
}

function isRefusal(error: unknown): error is AppError {
  return refusals.some((code) => isAppError(error, code));
}
