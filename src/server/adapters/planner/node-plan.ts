/** Detects applications with a package.json: servers, and sites that a generator makes. */
import { AppError } from "@/domain/errors";
import { execVector } from "./dockerfile-text";
import { nodeServerDockerfile } from "./node-dockerfile";
import { findNodeFramework, type NodeFramework, plainNode } from "./node-frameworks";
import { needsBuildTools, planInstall } from "./node-install";
import { type NodeManifest, readManifest } from "./node-manifest";
import { detectPackageManager, type PackageManager, runScript } from "./node-package-manager";
import type { NodeBuild } from "./node-stages";
import { findNodeStart, type NodeStart, startsServer, startsWithoutDevelopmentPackages } from "./node-start";
import { chooseNodeVersion } from "./node-version";
import type { PlanInput, Recipe } from "./recipe";
import { builtSiteDockerfile, type StaticSite } from "./static-dockerfile";
import { findStaticGenerator, type StaticGenerator } from "./static-generators";

type Node = { manifest: NodeManifest; manager: PackageManager; image: string; buildImage: string; notes: string[] };

export function detectNodeServer(input: PlanInput): Recipe | null {
  const { tree, settings } = input;
  const node = readNode(input);
  if (node === null) return null;
  const typed = settings.startCommand;
  const framework = findNodeFramework(tree, node.manifest);
  const isSite =
    framework === null && findStaticGenerator(tree, node.manifest) !== null && !startsServer(node.manifest);
  if (isSite && typed === null) return null;
  const kind = framework ?? plainNode;
  const found = findNodeStart(tree, node.manifest, node.manager, kind);
  const start = typed === null ? found : { command: typed, vector: execVector(typed) };
  return start === null ? null : serverRecipe(input, node, kind, start);
}

/** A site that package.json knows how to build. Throws invalid_input where nothing says where the site is put. */
export function detectNodeSite(input: PlanInput): Recipe | null {
  const { tree, settings } = input;
  const node = readNode(input);
  if (node === null) return null;
  const generator = findStaticGenerator(tree, node.manifest);
  const build = buildCommand(input, node, generator?.build ?? null);
  if (build === null) return null;
  const output =
    settings.outputDirectory ?? (typeof generator?.output === "function" ? generator.output(tree) : generator?.output);
  if (output === undefined) {
    if (settings.builder !== "static") return null;
    throw new AppError("invalid_input", {
      message: "It cannot be told where the build puts the site.",
      fix: "Enter the output directory in the service's settings.",
    });
  }
  return siteRecipe(input, node, generator, build, output);
}

function readNode({ tree }: PlanInput): Node | null {
  const manifest = readManifest(tree);
  if (manifest === null) return null;
  const manager = detectPackageManager(tree, manifest);
  const { major, note } = chooseNodeVersion(tree, manifest);
  const image = `node:${major}-slim`;
  const buildImage = needsBuildTools(manifest) ? `node:${major}` : image;
  return { manifest, manager, image, buildImage, notes: note === null ? [] : [note] };
}

function buildCommand({ settings }: PlanInput, { manifest, manager }: Node, fallback: string | null): string | null {
  if (settings.buildCommand !== null) return settings.buildCommand;
  if ("build" in manifest.scripts) return runScript(manager, "build");
  return fallback === null
    ? null
    : `${manager.name === "npm" ? "npx" : manager.name === "bun" ? "bunx" : `${manager.name === "pnpm" ? "pnpm exec" : "yarn run"}`} ${fallback}`;
}

function serverRecipe(input: PlanInput, node: Node, framework: NodeFramework, start: NodeStart): Recipe {
  const { manifest } = node;
  const build = buildCommand(input, node, framework.build ?? null);
  const standalone =
    input.settings.startCommand === null && build !== null ? (framework.standalone?.(input.tree) ?? null) : null;
  const vector = standalone !== null && "." in invert(standalone) ? ["node", "server.js"] : start.vector;
  const mayPrune = framework.keepDevelopmentPackages !== true && startsWithoutDevelopmentPackages(vector, manifest);
  const install = planInstall(
    input,
    manifest,
    node.manager,
    !mayPrune || standalone !== null ? "application" : build === null ? "nobody" : "build",
  );
  const buildCache = framework.buildCache ?? null;
  const plan: NodeBuild = { ...node, ...install, build, buildCache, keys: otherKeys(input, install.installKeys) };
  const environment = framework.environment ?? {};
  return {
    label: framework.label,
    framework: framework.slug,
    packageManager: node.manager.label,
    installCommand: install.install,
    buildCommand: build,
    startCommand: start.command,
    outputDirectory: null,
    dockerfile: nodeServerDockerfile(plan, { vector, environment, standalone }),
    notes: [...node.notes, ...install.notes],
  };
}

function siteRecipe(
  input: PlanInput,
  node: Node,
  generator: StaticGenerator | null,
  build: string,
  output: string,
): Recipe {
  const install = planInstall(input, node.manifest, node.manager, "application");
  const buildCache = generator?.buildCache ?? null;
  const plan: NodeBuild = { ...node, ...install, build, buildCache, keys: otherKeys(input, install.installKeys) };
  const site: StaticSite = {
    directory: output.replace(/^\.\//, "").replace(/\/+$/, ""),
    singlePage: generator?.singlePage ?? false,
    immutable: generator?.immutable ?? [],
  };
  return {
    label: generator?.label ?? "Static site",
    framework: generator?.slug ?? "static",
    packageManager: node.manager.label,
    installCommand: install.install,
    buildCommand: build,
    startCommand: null,
    outputDirectory: site.directory,
    dockerfile: builtSiteDockerfile(plan, site),
    notes: [...node.notes, ...install.notes],
  };
}

function invert(paths: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(paths).map(([source, target]) => [target, source]));
}

function otherKeys({ environmentKeys }: PlanInput, installKeys: readonly string[]): string[] {
  return environmentKeys.filter((key) => !installKeys.includes(key));
}
