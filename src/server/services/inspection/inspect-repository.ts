import { mkdir, rm } from "node:fs/promises";
import path from "node:path";
import { and, eq } from "drizzle-orm";
import { AppError, isAppError } from "@/domain/errors";
import type { InspectionResult, ServiceSource } from "@/domain/plan/types";
import type { WorkerContext } from "@/server/context";
import { inspections } from "@/server/db/schema";
import { notify } from "@/server/events";
import type { Commit, GitLocation } from "@/server/ports";
import { toErrorRecord } from "@/server/services/deployment-run/step-failure";

type InspectionRow = typeof inspections.$inferSelect;
type GitSource = Extract<ServiceSource, { type: "git" }>;

/** Looks at a repository for a person who is about to make a service of it, and writes down what is there. */
export async function inspectRepository(
  context: WorkerContext,
  inspectionId: string,
  signal: AbortSignal,
): Promise<void> {
  const { db, config, log } = context;
  const [row] = await db.select().from(inspections).where(eq(inspections.id, inspectionId));
  if (row?.status !== "running" || row.source.type !== "git") return;
  const limit = AbortSignal.timeout(config.deploy.fetchTimeoutMs);
  try {
    const result = await inspect(context, row, row.source, AbortSignal.any([signal, limit]));
    await finish(context, inspectionId, { status: "done", result });
  } catch (error) {
    signal.throwIfAborted();
    const known = limit.aborted ? new AppError("repository_unreachable", { cause: error }) : error;
    await finish(context, inspectionId, {
      status: "failed",
      error: toErrorRecord(known, log, inspectionId, tokensOf(context, row)),
    });
  }
}

function tokensOf({ cipher }: WorkerContext, { gitTokenEncrypted }: InspectionRow): string[] {
  return gitTokenEncrypted === null ? [] : [cipher.decrypt(gitTokenEncrypted).reveal()];
}

async function inspect(
  context: WorkerContext,
  row: InspectionRow,
  source: GitSource,
  signal: AbortSignal,
): Promise<InspectionResult> {
  const { git, cipher } = context;
  const token = row.gitTokenEncrypted === null ? null : cipher.decrypt(row.gitTokenEncrypted);
  const location: GitLocation = { url: source.url, token };
  const { branches, defaultBranch } = await git.branches(location, signal);
  const branch = source.branch || defaultBranch || branches[0];
  if (branch === undefined) {
    throw new AppError("branch_not_found", {
      message: "The repository has no branches.",
      fix: "Push a first commit, then try again.",
    });
  }
  const commit = await git.fetch(location, { branch }, () => undefined, signal);
  const { sha: commitSha, message: commitMessage } = commit;
  return {
    branches,
    branch,
    commitSha,
    commitMessage,
    ...(await plan(context, row, source, location, commit, signal)),
  };
}

/** Why it cannot be built is a result as well: the person may change the settings and look again. */
async function plan(
  { git, planner, config }: WorkerContext,
  row: InspectionRow,
  source: GitSource,
  location: GitLocation,
  commit: Commit,
  signal: AbortSignal,
): Promise<Pick<InspectionResult, "plan" | "planError">> {
  const directory = path.join(config.buildsDir, row.id);
  try {
    await rm(directory, { recursive: true, force: true });
    await mkdir(directory, { recursive: true });
    await git.checkout(location, commit.sha, source.rootDirectory, directory, signal);
    const planned = await planner.plan(directory, row.build, []);
    return { plan: planned.plan, planError: null };
  } catch (error) {
    if (!isAppError(error) || error.blame === "platform") throw error;
    return { plan: null, planError: { message: error.message, fix: error.fix } };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

async function finish(
  { db }: WorkerContext,
  inspectionId: string,
  values: Partial<typeof inspections.$inferInsert>,
): Promise<void> {
  await db
    .update(inspections)
    .set(values)
    .where(and(eq(inspections.id, inspectionId), eq(inspections.status, "running")));
  await notify(db, { type: "inspection", inspectionId });
}
