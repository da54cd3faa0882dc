import { spawn } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { CommandError } from "./command-error.mjs";
import { differsFromLock } from "./lock-difference.mjs";

/**
 * Brings node_modules to what package-lock.json says; nothing to do where it matches already.
 * @param {string} root
 * @param {import("./progress.mjs").Progress} progress
 * @returns {Promise<{ durationMs: number | null }>} how long it took, null where nothing was to do
 */
export async function ensureDependencies(root, progress) {
  const reason = differsFromLock(readJson(path.join(root, "package-lock.json")) ?? {}, readJson(installedLock(root)));
  if (reason === null) return { durationMs: null };
  const before = performance.now();
  await progress.step("Dependencies", async ({ detail }) => {
    await installLocked(root);
    detail(`installed, because ${reason}`);
  });
  return { durationMs: performance.now() - before };
}

/**
 * `npm install --no-save` instead of `npm ci`: it keeps to the lock as well, but does not refuse a lock that was
 * written where the registry lacks the optional packages of other platforms. Install scripts are skipped: none of ours
 * needs one (see postgres-libraries.mjs), npm's versions differ in which they run, and a compiler is nothing that a
 * newcomer must have. Development dependencies are part of the build.
 * @param {string} root
 */
async function installLocked(root) {
  // npm writes its own lock last of all: without it the tree is what an interrupted install left.
  if (!existsSync(installedLock(root))) rmSync(path.join(root, "node_modules"), { recursive: true, force: true });
  const options = ["--no-save", "--ignore-scripts", "--include=dev", "--include=optional", "--no-audit", "--no-fund"];
  const { code, output } = await runNpm(root, ["install", ...options, "--loglevel=error"]);
  if (code === 0) return;
  throw new CommandError(
    `npm could not install the dependencies:\n${indent(output.trim().split("\n").slice(0, 15).join("\n"))}`,
    "Check that this machine reaches the npm registry (npm ping) and that the disk has 2 GB free, then run it again.",
  );
}

/**
 * @param {string} root
 * @param {string[]} args
 * @returns {Promise<{ code: number | null, output: string }>}
 */
function runNpm(root, args) {
  return new Promise((resolve, reject) => {
    const npm = spawn("npm", args, { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    const keep = (/** @type {Buffer} */ chunk) => {
      output += chunk.toString();
    };
    npm.stdout.on("data", keep);
    npm.stderr.on("data", keep);
    npm.on("error", (error) => {
      reject(new CommandError(`npm could not be started: ${error.message}.`, "Install npm, which comes with Node.js."));
    });
    npm.on("close", (code) => resolve({ code, output }));
  });
}

/** @param {string} root */
function installedLock(root) {
  return path.join(root, "node_modules", ".package-lock.json");
}

/** @param {string} text */
function indent(text) {
  return text.replaceAll(/^/gm, "    ");
}

/**
 * @param {string} file
 * @returns {Record<string, any> | null}
 */
function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return null;
  }
}
