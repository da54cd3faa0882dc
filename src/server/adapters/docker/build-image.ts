import type { Readable } from "node:stream";
import type Dockerode from "dockerode";
import { AppError, isAppError } from "@/domain/errors";
import type { Logger } from "@/server/log";
import type { BuildRequest, ImageInfo, LogLine } from "@/server/ports";
import { buildFailure } from "./build-failure";
import { holdBuildLimits } from "./build-limits";
import { packContext } from "./context/pack-context";
import { findImage } from "./find-image";
import { jsonLines } from "./json-lines";
import { type PreparedBuild, prepareBuild } from "./prepare-build";
import { BuildLog } from "./trace/build-log";
import { decodeTrace } from "./trace/decode-trace";
import { translateError } from "./translate-error";

export type BuildTools = {
  docker: Dockerode;
  log: Logger;
  ensureBaseImage(reference: string, say: (text: string) => void, signal: AbortSignal): Promise<ImageInfo>;
};

/** Holds the build's limits; any image with a shell does. */
const toolImage = "busybox:1.36";

/** See the port. The build ends with its connection: closing it is how an abort reaches BuildKit, and only this build. */
export async function buildImage(
  tools: BuildTools,
  request: BuildRequest,
  onLine: (line: LogLine) => void,
  signal: AbortSignal,
): Promise<ImageInfo> {
  const say = (text: string) => onLine({ at: new Date(), stream: "system", text });
  const ensureBaseImage = (reference: string) => tools.ensureBaseImage(reference, say, signal);
  const prepared = await prepareBuild(request, ensureBaseImage, say);
  await tools.ensureBaseImage(toolImage, () => {}, signal).catch(() => {}); // Without it there are no limits, which is said below.
  const limits = await holdBuildLimits(tools.docker, toolImage, request, tools.log);
  try {
    if (!limits.enforced) say("Memory and CPU limits of builds cannot be enforced on this Docker Engine.");
    signal.throwIfAborted();
    await runBuild(tools.docker, request, prepared, onLine, signal);
  } catch (error) {
    signal.throwIfAborted();
    if (prepared.missingImage && isAppError(error, "base_image_unavailable"))
      throw asUnavailable(prepared.missingImage);
    throw translateError(error);
  } finally {
    limits.release();
  }
  const image = await findImage(tools.docker, request.reference);
  if (!image) throw new AppError("engine_refused", { details: { reason: "the built image is not there" } });
  return image;
}

async function runBuild(
  docker: Dockerode,
  request: BuildRequest,
  prepared: PreparedBuild,
  onLine: (line: LogLine) => void,
  signal: AbortSignal,
): Promise<void> {
  const context = packContext(request.contextDirectory, prepared.files, prepared.rules);
  const answer = docker.buildImage(context, buildOptions(request, signal));
  const stream = (await answer.finally(() => context.destroy())) as Readable; // safe because node:http gives an IncomingMessage
  const end = () => stream.destroy();
  signal.addEventListener("abort", end, { once: true });
  const log = new BuildLog(onLine);
  try {
    for await (const message of jsonLines(stream)) {
      if (message.id === "moby.buildkit.trace") log.add(decodeTrace(String(message.aux)));
      else if (typeof message.error === "string") throw buildFailure(message.error, request);
    }
  } finally {
    log.finish();
    signal.removeEventListener("abort", end);
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

/** For a build, an image that a registry does not know is as bad as one that cannot be reached. */
function asUnavailable(error: AppError): AppError {
  const { message, fix, details, cause } = error;
  if (error.code === "base_image_unavailable") return error;
  return new AppError("base_image_unavailable", { message, fix, ...(details && { details }), cause });
}
