import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";

/**
 * Bundles a TypeScript command to plain JavaScript in some 50 ms, on every run, so that it can never be stale.
 * Packages stay outside and are found in node_modules. Commands find the repository by process.cwd().
 * @param {string} root
 * @param {string} file relative to the root
 * @returns {Promise<string>} path of the bundle
 */
export async function bundleCommand(root, file) {
  // Imported late: it is a dependency, and this module is loaded before there are any.
  const esbuild = await import("esbuild");
  const result = await esbuild.build({
    absWorkingDir: root,
    entryPoints: [file],
    outdir: "dist",
    write: false,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node22.18",
    packages: "external",
    sourcemap: "inline",
    logLevel: "error",
  });
  await esbuild.stop();
  const outfile = path.join(root, "dist", file.replace(/\.ts$/, ".mjs"));
  mkdirSync(path.dirname(outfile), { recursive: true });
  // Renamed into place, because two commands may start at the same time.
  const draft = `${outfile}.${process.pid}`;
  writeFileSync(draft, result.outputFiles[0]?.contents ?? "");
  renameSync(draft, outfile);
  return outfile;
}
