import type { Readable } from "node:stream";
import type Dockerode from "dockerode";
import { AppError } from "@/domain/errors";
import type { BuildRequest, BuiltImage, ImageInfo, LineSink, LogLine } from "@/server/ports";
import { buildFailure } from "./build-failure";
import type { BuildLimits } from "./build-limits";
import { packContext } from "./context/pack-context";
import { findImage } from "./find-image";
import { jsonLines } from "./json-lines";
import { type PreparedBuild, prepareBuild } from "./prepare-build";
import { BuildLog } from "./trace/build-log";
import { decodeTrace } from "./trace/decode-trace";
import { translateError } from "./translate-error";

export type BuildTools = {
  docker: Dockerode;
  /** One that is given any time. */
  streams: Dockerode;
  limits: BuildLimits;
  ensureBaseImage(reference: string, say: (text: string) => void, signal: AbortSignal): Promise<ImageInfo>;
};

/** See the port. The build ends with its connection: closing it is how an abort reaches BuildKit, and only this build. */
export async function buildImage(
  tools: BuildTools,
  request: BuildRequest,
  onLine: LineSink,
  signal: AbortSignal,
): Promise<BuiltImage> {
  let steps = { total: 0, cached: 0 };
  const say = (text: string) => onLine({ at: new Date(), stream: "system", text });
  const ensureBaseImage = (reference: string) => tools.ensureBaseImage(reference, say, signal);
  // Begins while the images are made ready.
  const holding = tools.limits.hold(request, signal);
  try {
    const prepared = await prepareBuild(request, ensureBaseImage, say);
    const { enforced } = await holding;
    signal.throwIfAborted();
    if (!enforced) say("Memory and CPU limits of builds cannot be enforced on this Docker Engine.");
    steps = await runBuild(tools.streams, request, prepared, onLine, signal);
  } catch (error) {
    signal.throwIfAborted();
    throw translateError(error);
  } finally {
    holding.then((limits) => limits.release());
  }
  const image = await findImage(tools.docker, request.reference);
  if (!image) throw new AppError("engine_refused", { details: { reason: "the built image is not there" } });
  return { ...image, steps };
}

async function runBuild(
  docker: Dockerode,
  request: BuildRequest,
  prepared: PreparedBuild,
  onLine: LineSink,
  signal: AbortSignal,
): Promise<BuiltImage["steps"]> {
  const context = packContext(request.contextDirectory, prepared.files, prepared.rules);
  const lines: LogLine[] = [];
  const log = new BuildLog((line) => lines.push(line));
  // BuildKit keeps what is not read yet, so a build that prints much waits in the Engine's memory, not in ours.
  const handOn = async () => {
    for (const line of lines.splice(0)) await onLine(line);
  };
  try {
    // safe because the declaration says ReadableStream where node:http gives an IncomingMessage
    const stream = (await docker.buildImage(context, buildOptions(request, signal))) as Readable;
    const end = () => stream.destroy();
    signal.addEventListener("abort", end, { once: true });
    stream.once("close", () => signal.removeEventListener("abort", end));
    for await (const message of jsonLines(stream)) {
      if (message.id === "moby.buildkit.trace") log.add(decodeTrace(String(message.aux)));
      await handOn();
      if (typeof message.error === "string") throw failureOf(message.error, request, prepared);
    }
    return log.countSteps();
  } finally {
    log.finish();
    await handOn();
    context.destroy(); // Only now: an Engine may begin to answer while it still reads.
  }
}

function buildOptions(request: BuildRequest, signal: AbortSignal): Dockerode.ImageBuildOptions {
  return {
    t: request.reference,
    dockerfile: request.dockerfilePath,
    labels: request.labels,
    buildargs: request.buildArgs,
    abortSignal: signal,
    // BuildKit. As a number on purpose: for the string dockerode opens a gRPC session, which nothing here needs.
    version: 2 as unknown as "2", // safe because it goes into the URL as it is
  };
}

/** Where an image was missing, what the pull said is better than BuildKit's words for it. */
function failureOf(text: string, request: BuildRequest, { missingImage }: PreparedBuild): AppError {
  const failure = buildFailure(text, request);
  if (failure.code !== "base_image_unavailable" || !missingImage) return failure;
  const { message, fix, details, cause } = missingImage;
  return new AppError("base_image_unavailable", { message, fix, ...(details && { details }), cause });
}
