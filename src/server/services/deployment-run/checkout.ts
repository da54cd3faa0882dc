/**
 * The files of a commit, checked out for one deployment, and how to build them. The directory appears whole, by a
 * rename, so what a killed worker left half-written is never taken for a checkout.
 */
import { access, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { AppError } from "@/domain/errors";
import { buildArguments } from "@/domain/plan/build-identity";
import type { BuildPlan, ContextFile } from "@/domain/plan/types";
import type { WorkerContext } from "@/server/context";
import { gitSource, type LoadedDeployment } from "./loaded-deployment";

export type Checkout = { contextDirectory: string; plan: BuildPlan; files: ContextFile[] };

function directoryOf(config: WorkerContext["config"], deploymentId: string): string {
  return path.join(config.buildsDir, deploymentId);
}

/** The checkout that is there, or a new one. Throws what Git and the planner throw, and disk_full. */
export async function ensureCheckout(
  context: WorkerContext,
  loaded: LoadedDeployment,
  signal: AbortSignal,
): Promise<Checkout> {
  const target = directoryOf(context.config, loaded.row.id);
  try {
    return (await readCheckout(target)) ?? (await makeCheckout(context, loaded, target, signal));
  } catch (error) {
    throw isDiskFull(error) ? new AppError("disk_full", { cause: error }) : error;
  }
}

export async function removeCheckout(config: WorkerContext["config"], deploymentId: string): Promise<void> {
  const target = directoryOf(config, deploymentId);
  await rm(`${target}.partial`, { recursive: true, force: true });
  await rm(target, { recursive: true, force: true });
}

async function readCheckout(target: string): Promise<Checkout | null> {
  const file = path.join(target, "plan.json");
  if (
    await access(file).then(
      () => false,
      () => true,
    )
  )
    return null;
  const { plan, files } = JSON.parse(await readFile(file, "utf8")) as Omit<Checkout, "contextDirectory">; // safe because makeCheckout alone writes it
  return { contextDirectory: path.join(target, "context"), plan, files };
}

async function makeCheckout(
  context: WorkerContext,
  loaded: LoadedDeployment,
  target: string,
  signal: AbortSignal,
): Promise<Checkout> {
  const { git, planner, config } = context;
  const source = gitSource(loaded, context);
  const { commitSha, snapshot } = loaded.row;
  if (!source || commitSha === null) throw new AppError("commit_not_found");
  const partial = `${target}.partial`;
  await removeCheckout(config, loaded.row.id);
  const contextDirectory = path.join(partial, "context");
  await mkdir(contextDirectory, { recursive: true });
  await git.checkout(source.location, commitSha, source.rootDirectory, contextDirectory, signal);
  const plain = Object.keys(buildArguments(loaded.environment));
  const planned = await planner.plan(contextDirectory, snapshot.build, plain);
  await writeFile(path.join(partial, "plan.json"), JSON.stringify(planned));
  signal.throwIfAborted();
  await rename(partial, target);
  return { contextDirectory: path.join(target, "context"), ...planned };
}

function isDiskFull(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOSPC";
}
