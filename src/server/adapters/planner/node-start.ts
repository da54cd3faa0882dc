/** How a Node.js application is started: what package.json says, taken apart so that the program itself is process 1. */
import { execVector } from "./dockerfile-text";
import { type FileTree, firstFile } from "./file-tree";
import type { NodeFramework } from "./node-frameworks";
import type { NodeManifest } from "./node-manifest";
import { type PackageManager, runScript } from "./node-package-manager";

export type NodeStart = { command: string; vector: string[] };

const entryFiles = ["server", "index", "app", "main", "src/server", "src/index", "src/app", "src/main"].flatMap(
  (name) => ["js", "mjs", "cjs", "ts", "mts"].map((extension) => `${name}.${extension}`),
);

/** Programs that run a server, where a static generator is used as well: the others serve a preview. */
const serverProgram = /^(?:cross-env\s+)?(?:\w+=\S+\s+)*(?:node|bun|tsx|ts-node|pm2-runtime)\b/;

/** Null where nothing says how. */
export function findNodeStart(
  tree: FileTree,
  manifest: NodeManifest,
  manager: PackageManager,
  framework: NodeFramework,
): NodeStart | null {
  const fits = (script: string) =>
    script in manifest.scripts && (framework.startScript?.test(manifest.scripts[script] ?? "") ?? true);
  const script = ["start:prod", "start"].find(fits);
  if (script !== undefined) return startOfScript(manifest, manager, script);
  if (framework.start !== undefined) return { command: framework.start, vector: execVector(framework.start) };
  const entry = entryFile(tree, manifest);
  if (entry === null) return null;
  const runner = manager.name === "bun" ? "bun" : manifest.uses("tsx") && entry.endsWith("ts") ? "tsx" : "node";
  return { command: `${runner} ${entry}`, vector: [runner, entry] };
}

/** Whether a package.json that uses a static generator is a server all the same. */
export function startsServer({ scripts }: NodeManifest): boolean {
  return serverProgram.test(scripts["start:prod"] ?? scripts.start ?? "");
}

function entryFile(tree: FileTree, { main, scripts }: NodeManifest): string | null {
  const named = main?.replace(/^\.\//, "");
  // What a build is going to make cannot be looked for.
  if (named !== undefined && (tree.has(named) || scripts.build !== undefined)) return named;
  return firstFile(tree, entryFiles);
}

/** The script's own command, where package.json adds nothing before or after it. */
function startOfScript(manifest: NodeManifest, manager: PackageManager, script: string, depth = 0): NodeStart {
  const command = manager.name === "npm" && script === "start" ? "npm start" : runScript(manager, script);
  const line = (manifest.scripts[script] ?? "").trim().replace(/^cross-env\s+/, "");
  const nested = /^(?:npm run|npm|pnpm run|pnpm|yarn run|yarn|bun run) ([\w:.-]+)$/.exec(line)?.[1];
  if (`pre${script}` in manifest.scripts || `post${script}` in manifest.scripts || /npm_package_/.test(line)) {
    return { command, vector: command.split(" ") };
  }
  if (nested !== undefined && nested in manifest.scripts && depth < 3) {
    return { command, vector: startOfScript(manifest, manager, nested, depth + 1).vector };
  }
  return { command, vector: execVector(line) };
}

const programPackages: Record<string, string> = {
  nest: "@nestjs/cli",
  "react-router-serve": "@react-router/serve",
  "remix-serve": "@remix-run/serve",
  sirv: "sirv-cli",
};

/** Whether it starts without the development dependencies. */
export function startsWithoutDevelopmentPackages(vector: readonly string[], manifest: NodeManifest): boolean {
  if (vector[0] === "/bin/sh") return false;
  const words = vector[0] === "env" ? vector.slice(1).filter((word) => !/^\w+=/.test(word)) : vector;
  const [program = "", ...rest] = words;
  const development = Object.keys(manifest.devDependencies);
  if (
    rest.some((word) =>
      development.some((name) => word === name || word.startsWith(`${name}/`) || word.endsWith(`=${name}`)),
    )
  ) {
    return false;
  }
  return ["node", "bun"].includes(program) || (programPackages[program] ?? program) in manifest.dependencies;
}
