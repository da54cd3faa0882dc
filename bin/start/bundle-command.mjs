import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { externalPackages } from "./external-packages.mjs";

/**
 * Bundles a TypeScript command to plain JavaScript in some 50 ms, on every run, so that it can never be stale.
 * Commands find the repository by process.cwd().
 * @param {string} root
 * @param {string} file relative to the root
 * @returns {Promise<string>} path of the bundle
 */
export async function bundleCommand(root, file) {
  // Imported late: it is a dependency, and this module is loaded before there are any.
  const esbuild = await import("esbuild");
  const outfile = path.join(root, "dist", file.replace(/\.ts$/, ".mjs"));
  const result = await esbuild.build({
    absWorkingDir: root,
    entryPoints: [file],
    outfile,
    write: false,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node22.18",
    external: externalPackages(root),
    sourcemap: "linked",
    logLevel: "error",
  });
  await esbuild.stop();
  mkdirSync(path.dirname(outfile), { recursive: true });
  for (const { path: target, contents } of result.outputFiles) {
    // Renamed into place, because two commands may start at the same time.
    writeFileSync(`${target}.${process.pid}`, contents);
    renameSync(`${target}.${process.pid}`, target);
  }
  return outfile;
}
