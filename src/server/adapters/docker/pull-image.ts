import type { Readable } from "node:stream";
import type Dockerode from "dockerode";
import { AppError } from "@/domain/errors";
import { mirroredReference, parseImageReference, withTag } from "./image-reference";
import { jsonLines } from "./json-lines";
import { isConnectionLoss, reasonOf, translateError } from "./translate-error";

/** A registry that has not begun to answer by then counts as out of reach; the Engine itself would try for minutes. */
const firstAnswerMs = 20_000;

export type PullSource = { streams: Dockerode; imageMirror: string | null; pullStallMs: number };

/**
 * Pulls through the mirror where there is one, and tags as the reference asked for. Throws image_not_found and
 * image_access_denied (a registry says so), base_image_unavailable (no registry answers, or it falls silent), disk_full,
 * engine_unavailable, or the signal's reason.
 */
export async function pullImage(source: PullSource, reference: string, signal: AbortSignal): Promise<void> {
  const { streams, imageMirror } = source;
  const from = (imageMirror && mirroredReference(reference, imageMirror)) ?? reference;
  await pull(source, from, signal);
  const { tag, digest } = parseImageReference(reference);
  if (from === reference || digest) return;
  try {
    const repo = reference.endsWith(`:${tag}`) ? reference.slice(0, -`:${tag}`.length) : reference;
    await streams.getImage(from).tag({ repo, tag: tag ?? "latest" });
    await streams.getImage(from).remove();
  } catch (error) {
    throw translateError(error);
  }
}

async function pull({ streams, pullStallMs }: PullSource, from: string, signal: AbortSignal): Promise<void> {
  const silent = new AbortController();
  const giveUp = (reason: string) => silent.abort(new Error(reason));
  let timer = setTimeout(giveUp, firstAnswerMs, "the registry did not answer");
  const heard = () => {
    clearTimeout(timer);
    timer = setTimeout(giveUp, pullStallMs, `nothing arrived for ${pullStallMs / 1000} seconds (PULL_STALL_SECONDS)`);
  };
  try {
    // safe because dockerode's declaration says ReadableStream where node:http gives an IncomingMessage
    const stream = (await streams.createImage({
      fromImage: withTag(from),
      abortSignal: AbortSignal.any([signal, silent.signal]),
    })) as Readable;
    heard();
    for await (const message of jsonLines(stream)) {
      heard();
      if (typeof message.error === "string") throw new Error(message.error);
    }
  } catch (error) {
    signal.throwIfAborted();
    throw translatePull(silent.signal.aborted ? silent.signal.reason : error, from);
  } finally {
    clearTimeout(timer);
  }
}

function translatePull(error: unknown, reference: string): AppError {
  const reason = reasonOf(error);
  if (isConnectionLoss(error)) return translateError(error);
  const details = { reference, reason };
  if (/no basic auth credentials|^unauthorized|authentication required/i.test(reason)) {
    return new AppError("image_access_denied", {
      message: `The registry refused access to ${reference}.`,
      details,
      cause: error,
    });
  }
  // Docker Hub says "access denied" of what does not exist, too.
  if (/manifest unknown|not found|access denied|denied:|invalid reference|no matching manifest/i.test(reason)) {
    return new AppError("image_not_found", {
      message: `There is no image ${reference}, or it may not be pulled.`,
      details,
      cause: error,
    });
  }
  const translated = translateError(error, "base_image_unavailable", { reference });
  if (translated.code !== "base_image_unavailable") return translated;
  return new AppError("base_image_unavailable", {
    message: `${reference} could not be pulled: ${shortReason(reason)}.`,
    details,
    cause: error,
  });
}

/** `Get "https://...": dial tcp: lookup host on 10.0.0.1:53: no such host` -> `no such host`. */
function shortReason(reason: string): string {
  return reason.trim().split(": ").at(-1) ?? reason;
}
