/** The routes directory: one file a service, written so that a reader sees the old file or the new one, never a part. */
import { randomBytes } from "node:crypto";
import { mkdir, open, readdir, readFile, rename, rm } from "node:fs/promises";
import path from "node:path";
import { stringify } from "yaml";
import { routeFileName, serviceIdOfRouteFile } from "@/domain/naming";
import type { RouteConfiguration } from "@/domain/plan/route";

/** Writes the service's file unless it says this already. */
export async function writeRouteFile(
  directory: string,
  serviceId: string,
  configuration: RouteConfiguration,
): Promise<void> {
  const file = path.join(directory, routeFileName(serviceId));
  const text = textOf(configuration);
  if ((await readIfThere(file)) === text) return;
  await mkdir(directory, { recursive: true });
  // Traefik and the embedded edge read *.yml alone, so neither sees the file before it is whole.
  const temporary = path.join(directory, `.${routeFileName(serviceId)}.${randomBytes(6).toString("hex")}.tmp`);
  try {
    await writeDurably(temporary, text);
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** Whether the service's file says this, to the letter. */
export async function holdsRouteFile(
  directory: string,
  serviceId: string,
  configuration: RouteConfiguration,
): Promise<boolean> {
  return (await readIfThere(path.join(directory, routeFileName(serviceId)))) === textOf(configuration);
}

/** Removes the service's file, and what an interrupted write of it left. */
export async function removeRouteFile(directory: string, serviceId: string): Promise<void> {
  const name = routeFileName(serviceId);
  const leftovers = (await namesIn(directory)).filter((entry) => entry.startsWith(`.${name}.`));
  for (const entry of [name, ...leftovers]) await rm(path.join(directory, entry), { force: true });
}

/** Ids of the services that have a file, sorted. */
export async function listRouteFiles(directory: string): Promise<string[]> {
  return (await namesIn(directory)).flatMap((name) => serviceIdOfRouteFile(name) ?? []).sort();
}

function textOf(configuration: RouteConfiguration): string {
  return stringify(configuration, { lineWidth: 0 });
}

/** A rename without this could survive a power cut as an empty file, which is a route lost. */
async function writeDurably(file: string, text: string): Promise<void> {
  const handle = await open(file, "wx", 0o644);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function readIfThere(file: string): Promise<string | null> {
  return readFile(file, "utf8").catch(nullIfMissing);
}

async function namesIn(directory: string): Promise<string[]> {
  return (await readdir(directory).catch(nullIfMissing)) ?? [];
}

function nullIfMissing(error: unknown): null {
  if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
  throw error;
}
