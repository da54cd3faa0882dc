/**
 * The first lines of every command. They run on any Node.js from 20 on, before anything is installed, so this folder
 * is plain JavaScript and imports node:* alone.
 */
import module from "node:module";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { becomeProcess } from "./become-process.mjs";
import { bundleCommand } from "./bundle-command.mjs";
import { chooseNode } from "./choose-node.mjs";
import { isCommandError } from "./command-error.mjs";
import { ensureDependencies } from "./dependencies.mjs";
import { handOnInstallTime, keepInstallTime } from "./install-time.mjs";
import { linkPostgresLibraries } from "./postgres-libraries.mjs";
import { createProgress } from "./progress.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));

/**
 * Installs what is missing, then runs a TypeScript file of bin/ on a Node.js that is new enough.
 * @param {string} file relative to the repository
 * @param {string[]} args
 */
export async function runCommand(file, args) {
  process.chdir(root);
  const progress = createProgress(process.stderr);
  try {
    const { durationMs } = await ensureDependencies(root, progress);
    keepInstallTime(durationMs);
    linkPostgresLibraries(root);
    const node = chooseNode(root);
    if (node !== null) {
      return await becomeProcess(node, [path.join(root, "bin", "run.mjs"), file, ...args], handOnInstallTime());
    }
    const bundle = await bundleCommand(root, file);
    process.argv = [process.execPath, bundle, ...args];
    // Of our own code alone: the maps of all packages take tens of megabytes.
    module.setSourceMapsSupport?.(true, { nodeModules: false, generatedCode: false });
    await import(pathToFileURL(bundle).href);
  } catch (error) {
    if (!isCommandError(error)) throw error;
    progress.fail(error.message, error.fix);
    process.exitCode = 1;
  }
}
