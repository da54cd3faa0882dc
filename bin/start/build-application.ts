/**
 * Builds web, worker and router into dist/<key>/, where the key names the content of the sources: what is built
 * already is not built again, and a build never touches the files of an instance that runs.
 */
import { execFile } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { build as bundle, stop as stopBundler } from "esbuild";
import { CommandError } from "./command-error.mjs";
import { externalPackages } from "./external-packages.mjs";
import { holdLock } from "./hold-lock";
import { sourceKey } from "./source-key";

export type Build = { directory: string; key: string; built: boolean };

/** Builds kept beside the newest: that of an instance which still runs while a newer one was built. */
const keptBuilds = 3;

/** Throws a CommandError with the builder's output. */
export async function buildApplication(
  root: string,
  doing: (text: string) => void,
  abort: AbortSignal,
): Promise<Build> {
  const key = sourceKey(root, process.versions.node);
  const directory = path.join(root, "dist", key);
  if (isWhole(directory)) return { directory, key, built: false };
  doing("waiting for another build");
  const release = await holdLock(path.join(root, "dist", "build.lock"));
  try {
    if (isWhole(directory)) return { directory, key, built: false };
    await buildInto(root, directory, doing, abort);
    removeOldBuilds(path.join(root, "dist"));
    return { directory, key, built: true };
  } finally {
    release();
  }
}

function isWhole(directory: string): boolean {
  if (!existsSync(path.join(directory, "complete"))) return false;
  const now = new Date();
  utimesSync(directory, now, now); // In use: removeOldBuilds goes by this time.
  return true;
}

async function buildInto(
  root: string,
  directory: string,
  doing: (text: string) => void,
  abort: AbortSignal,
): Promise<void> {
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
  doing("worker and router");
  await bundleProcesses(root, directory);
  doing("web");
  await buildWeb(root, abort);
  const web = path.join(directory, "web");
  renameSync(path.join(root, ".next/standalone"), web);
  cpSync(path.join(root, ".next/static"), path.join(web, ".next/static"), { recursive: true });
  if (existsSync(path.join(root, "public")))
    cpSync(path.join(root, "public"), path.join(web, "public"), { recursive: true });
  writeFileSync(path.join(directory, "complete"), "");
}

/** `worker/index.ts` and `worker/edge.ts` as one file each. */
export async function bundleProcesses(root: string, directory: string): Promise<void> {
  await bundle({
    absWorkingDir: root,
    entryPoints: { worker: "worker/index.ts", edge: "worker/edge.ts" },
    outdir: directory,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node22.18",
    external: externalPackages(root),
    sourcemap: "linked",
    logLevel: "silent",
  }).catch((error: Error) => {
    throw new CommandError(`The worker could not be bundled:\n${error.message}`, "Is the clone whole? See git status.");
  });
  await stopBundler();
}

function buildWeb(root: string, signal: AbortSignal): Promise<void> {
  const next = path.join(root, "node_modules/next/dist/bin/next");
  const env = { ...process.env, NODE_ENV: "production" as const, NEXT_TELEMETRY_DISABLED: "1" };
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      [next, "build"],
      { cwd: root, env, signal, maxBuffer: 64 << 20 },
      (error, stdout, stderr) => {
        if (!error) return resolve();
        const output = `${stdout}\n${stderr}`.trim().split("\n").slice(-40).join("\n");
        reject(
          new CommandError(`The web application could not be built:\n${output}`, "Is the clone whole? See git status."),
        );
      },
    );
  });
}

function removeOldBuilds(dist: string): void {
  const builds = readdirSync(dist)
    .filter((name) => /^[0-9a-f]{12}$/.test(name))
    .map((name) => path.join(dist, name))
    .sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
  for (const old of builds.slice(keptBuilds)) rmSync(old, { recursive: true, force: true });
}
