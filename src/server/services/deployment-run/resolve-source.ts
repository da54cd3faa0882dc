import { createHash } from "node:crypto";
import { eq } from "drizzle-orm";
import { AppError, isAppError } from "@/domain/errors";
import { label } from "@/domain/naming";
import { buildIdentity } from "@/domain/plan/build-identity";
import { imagePlan, withImageFacts } from "@/domain/plan/image-plan";
import type { SourceChanges } from "@/domain/plan/types";
import type { WorkerContext } from "@/server/context";
import { deployments } from "@/server/db/schema";
import type { LogLine } from "@/server/ports";
import { refuseOnFullDisk } from "@/server/services/disk/refuse-on-full-disk";
import { isOurs } from "@/server/services/retention/list-service-images";
import { type DeploymentRow, gitSource, type LoadedDeployment } from "./loaded-deployment";

const shownCommits = 50;
const shownFiles = 200;
const longestMessage = 2_000;

/**
 * Finds out what exactly is deployed, and freezes it: the commit, its content and the build key; for a service that brings
 * its own image, that image. Throws what Git and the Engine throw.
 */
export async function resolveSource(
  context: WorkerContext,
  loaded: LoadedDeployment,
  onLine: (line: LogLine) => void,
  signal: AbortSignal,
): Promise<Partial<DeploymentRow>> {
  const { row } = loaded;
  const source = gitSource(loaded, context);
  if (!source) return resolveImage(context, loaded, onLine, signal);
  const ref = { branch: source.branch, ...(row.commitSha !== null && { sha: row.commitSha }) };
  const commit = await context.git.fetch(source.location, ref, onLine, signal);
  signal.throwIfAborted();
  const treeHash = await context.git.treeHash(source.location, commit.sha, source.rootDirectory);
  const identity = buildIdentity({ treeHash, build: row.snapshot.build, environment: loaded.environment });
  return {
    commitSha: commit.sha,
    commitMessage: commit.message.slice(0, longestMessage).toWellFormed(),
    commitAuthor: commit.authorName,
    treeHash,
    buildKey: createHash("sha256").update(identity).digest("hex").slice(0, 32),
    changes: await changesSinceLive(context, loaded, commit.sha),
  };
}

async function resolveImage(
  context: WorkerContext,
  { row }: LoadedDeployment,
  onLine: (line: LogLine) => void,
  signal: AbortSignal,
): Promise<Partial<DeploymentRow>> {
  const { source } = row.snapshot;
  if (source.type !== "image") return {};
  const { engine } = context;
  if (!(await engine.findImage(source.reference))) await refuseOnFullDisk(context);
  const image = await engine.pullImage(source.reference, onLine, signal);
  // Images of other services are theirs, though all are on one Engine.
  if (isOurs(image) && image.labels[label.service] !== row.serviceId) {
    throw new AppError("image_not_found", { details: { reference: source.reference } });
  }
  return {
    imageReference: pinned(source.reference, image.digest),
    imageId: image.id,
    imageSizeBytes: image.sizeBytes,
    buildSkipped: "prebuilt",
    plan: withImageFacts(imagePlan(source.reference, image.exposedPorts), image),
  };
}

/** `nginx:1` -> `nginx:1@sha256:...`: what was meant and what it was, as every registry client takes it. */
function pinned(reference: string, digest: string | null): string {
  return digest === null || reference.includes("@") ? reference : `${reference}@${digest}`;
}

/** What people see as "what changed". It is no reason to fail: a history that was rewritten has no answer. */
async function changesSinceLive(
  context: WorkerContext,
  loaded: LoadedDeployment,
  sha: string,
): Promise<SourceChanges | null> {
  const { liveDeploymentId } = loaded.service;
  const source = gitSource(loaded, context);
  if (liveDeploymentId === null || !source) return null;
  const [live] = await context.db
    .select({ id: deployments.id, commitSha: deployments.commitSha, snapshot: deployments.snapshot })
    .from(deployments)
    .where(eq(deployments.id, liveDeploymentId));
  const sameRepository = live?.snapshot.source.type === "git" && live.snapshot.source.url === source.location.url;
  if (!live || live.commitSha === null || !sameRepository) return null;
  if (live.commitSha === sha) return { comparedWithId: live.id, commits: [], files: [] };
  const { git, log } = context;
  try {
    const [commits, files] = await Promise.all([
      git.log(source.location, live.commitSha, sha, shownCommits),
      git.changedFiles(source.location, live.commitSha, sha, source.rootDirectory, shownFiles),
    ]);
    const shown = commits.map((one) => ({
      sha: one.sha,
      message: one.message.slice(0, longestMessage).toWellFormed(),
      authorName: one.authorName,
      authoredAt: one.authoredAt.toISOString(),
    }));
    return { comparedWithId: live.id, commits: shown, files };
  } catch (error) {
    if (!isAppError(error)) throw error;
    log.info({ err: error, deploymentId: loaded.row.id }, "the changes since the live deployment cannot be told");
    return null;
  }
}
