import { AppError, type ErrorCode, isAppError } from "@/domain/errors";
import { imagesOfDockerfile } from "@/domain/plan/dockerfile-images";
import { readDirective, withoutSyntax } from "@/domain/plan/dockerfile-instructions";
import type { ContextFile } from "@/domain/plan/types";
import type { BuildRequest } from "@/server/ports";
import { type IgnoreRules, readIgnoreRules } from "./context/dockerignore";
import { readContextFile } from "./context/read-context-file";

export type PreparedBuild = {
  files: ContextFile[];
  rules: IgnoreRules;
  /** Why a base image could not be had; the build may not need it (BuildKit leaves out unused stages), so it decides. */
  missingImage: AppError | null;
};

/**
 * Reads the Dockerfile, makes its images present and its ignore rules ready. Throws dockerfile_not_found, disk_full,
 * engine_unavailable.
 */
export async function prepareBuild(
  request: BuildRequest,
  ensureBaseImage: (reference: string) => Promise<unknown>,
  say: (text: string) => void,
): Promise<PreparedBuild> {
  const { contextDirectory: root, files, dockerfilePath } = request;
  const dockerfile = await readContextFile(root, files, dockerfilePath);
  if (dockerfile === null) {
    throw new AppError("dockerfile_not_found", { message: `There is no file ${dockerfilePath}.` });
  }
  let missingImage: AppError | null = null;
  for (const reference of imagesOfDockerfile(dockerfile, request.buildArgs)) {
    missingImage = (await missing(ensureBaseImage(reference))) ?? missingImage;
  }
  return {
    files: await withUsableSyntax(dockerfile, request, ensureBaseImage, say),
    rules: readIgnoreRules(await readIgnoreFile(request), [dockerfilePath, ".dockerignore"]),
    missingImage,
  };
}

/** A Dockerfile may name the image that reads it; where that cannot be had, the Engine's own reader has to do. */
async function withUsableSyntax(
  dockerfile: string,
  { files, dockerfilePath }: BuildRequest,
  ensureBaseImage: (reference: string) => Promise<unknown>,
  say: (text: string) => void,
): Promise<ContextFile[]> {
  const syntax = readDirective(dockerfile, "syntax");
  if (syntax === null || !(await missing(ensureBaseImage(syntax)))) return files;
  say(`${syntax} could not be pulled: the Dockerfile is read by the Engine itself, its syntax line is left out.`);
  const others = files.filter((file) => file.path !== dockerfilePath);
  return [...others, { path: dockerfilePath, content: withoutSyntax(dockerfile) }];
}

/** A Dockerfile's own ignore file replaces the general one, as with `docker build`. */
async function readIgnoreFile({ contextDirectory, files, dockerfilePath }: BuildRequest): Promise<string | null> {
  const own = await readContextFile(contextDirectory, files, `${dockerfilePath}.dockerignore`);
  return own ?? readContextFile(contextDirectory, files, ".dockerignore");
}

const cannotBeHad: ReadonlySet<ErrorCode> = new Set([
  "base_image_unavailable",
  "image_not_found",
  "image_access_denied",
]);

async function missing(ensuring: Promise<unknown>): Promise<AppError | null> {
  try {
    await ensuring;
    return null;
  } catch (error) {
    if (isAppError(error) && cannotBeHad.has(error.code)) return error;
    throw error;
  }
}
