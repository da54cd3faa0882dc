import type { Readable } from "node:stream";
import type Dockerode from "dockerode";
import { AppError } from "@/domain/errors";
import { mirroredReference, parseImageReference } from "./image-reference";
import { jsonLines } from "./json-lines";
import { isConnectionLoss, reasonOf, translateError } from "./translate-error";

/** A registry that has not begun to answer by then counts as out of reach; the Engine itself would try for minutes. */
const firstAnswerMs = 20_000;

/**
 * Pulls through the mirror where there is one, and tags as the reference asked for. Throws image_not_found (a registry
 * says so), base_image_unavailable (no registry answers), disk_full, engine_unavailable, or the signal's reason.
 */
export async function pullImage(
  docker: Dockerode,
  reference: string,
  mirror: string | null,
  signal: AbortSignal,
): Promise<void> {
  const source = (mirror && mirroredReference(reference, mirror)) ?? reference;
  await pull(docker, source, signal);
  const { tag, digest } = parseImageReference(reference);
  if (source === reference || digest) return;
  try {
    const repo = reference.endsWith(`:${tag}`) ? reference.slice(0, -`:${tag}`.length) : reference;
    await docker.getImage(source).tag({ repo, tag: tag ?? "latest" });
    await docker.getImage(source).remove();
  } catch (error) {
    throw translateError(error);
  }
}

async function pull(docker: Dockerode, source: string, signal: AbortSignal): Promise<void> {
  const tooLate = new AbortController();
  const timer = setTimeout(() => tooLate.abort(new Error("the registry did not answer")), firstAnswerMs);
  try {
    // safe because dockerode's declaration says ReadableStream where node:http gives an IncomingMessage
    const stream = (await docker.createImage({
      fromImage: withTag(source),
      abortSignal: AbortSignal.any([signal, tooLate.signal]),
    })) as Readable;
    clearTimeout(timer);
    for await (const message of jsonLines(stream)) {
      if (typeof message.error === "string") throw new Error(message.error);
    }
  } catch (error) {
    signal.throwIfAborted();
    throw translatePull(tooLate.signal.aborted ? tooLate.signal.reason : error, source);
  } finally {
    clearTimeout(timer);
  }
}

/** Without a tag the Engine would pull every tag there is. */
function withTag(source: string): string {
  const { tag, digest } = parseImageReference(source);
  return digest || source.endsWith(`:${tag}`) ? source : `${source}:${tag}`;
}

function translatePull(error: unknown, reference: string): AppError {
  const reason = reasonOf(error);
  if (isConnectionLoss(error)) return translateError(error);
  if (
    /manifest unknown|not found|access denied|unauthorized|denied:|invalid reference|no matching manifest/i.test(reason)
  ) {
    return new AppError("image_not_found", {
      message: `There is no image ${reference}, or it may not be pulled.`,
      details: { reference, reason },
      cause: error,
    });
  }
  const translated = translateError(error, "base_image_unavailable", { reference });
  if (translated.code !== "base_image_unavailable") return translated;
  return new AppError("base_image_unavailable", {
    message: `${reference} could not be pulled: ${shortReason(reason)}.`,
    details: { reference, reason },
    cause: error,
  });
}

/** `Get "https://...": dial tcp: lookup host on 10.0.0.1:53: no such host` -> `no such host`. */
function shortReason(reason: string): string {
  return reason.trim().split(": ").at(-1) ?? reason;
}
