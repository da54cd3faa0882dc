/** Servers on Node.js: how each is built and started where its package.json does not say. The first that matches counts. */
import { AppError } from "@/domain/errors";
import { type FileTree, firstFile } from "./file-tree";
import type { NodeManifest } from "./node-manifest";

export type NodeFramework = {
  slug: string;
  label: string;
  packages: string[];
  /** Further conditions. Throws where the application is of this framework and needs a change to run on a server. */
  matches?: (tree: FileTree, manifest: NodeManifest) => boolean;
  build?: string;
  /** Starts what the build made. */
  start?: string;
  /** The script of package.json that starts it for production; others are for development. */
  startScript?: RegExp;
  /** What the build makes runs without node_modules: path in the application -> path in the image. */
  standalone?: (tree: FileTree) => Record<string, string> | null;
  /** Configuration files that need development packages keep those in the image. */
  keepDevelopmentPackages?: boolean;
  environment?: Record<string, string>;
  /** What the build keeps for the next build; relative to the application. */
  buildCache?: string;
};

const configFiles = (name: string) =>
  ["js", "mjs", "cjs", "ts", "mts"].map((extension) => `${name}.config.${extension}`);
const config = (tree: FileTree, name: string) => tree.read(firstFile(tree, configFiles(name)) ?? "");
const outputOnly = () => ({ ".output": ".output" });

export function isNextExport(tree: FileTree): boolean {
  return /output\s*:\s*['"]export['"]/.test(config(tree, "next"));
}

function nextStandalone(tree: FileTree): Record<string, string> | null {
  if (!/output\s*:\s*['"]standalone['"]/.test(config(tree, "next"))) return null;
  const always = { ".next/standalone": ".", ".next/static": ".next/static" };
  return tree.hasDirectory("public") ? { ...always, public: "public" } : always;
}

function hasNodeAdapter(_tree: FileTree, manifest: NodeManifest): boolean {
  if (manifest.uses("@sveltejs/adapter-node")) return true;
  if (manifest.uses("@sveltejs/adapter-static")) return false;
  throw new AppError("nothing_detected", {
    message: "This SvelteKit application has no adapter that runs here.",
    fix: "Install @sveltejs/adapter-node (or @sveltejs/adapter-static), and use it in svelte.config.js.",
  });
}

export const nodeFrameworks: readonly NodeFramework[] = [
  {
    slug: "nextjs",
    label: "Next.js",
    packages: ["next"],
    matches: (tree) => !isNextExport(tree),
    build: "next build",
    start: "next start",
    startScript: /^(?!next dev)/,
    standalone: nextStandalone,
    keepDevelopmentPackages: true,
    environment: { HOSTNAME: "0.0.0.0", NEXT_TELEMETRY_DISABLED: "1" },
    buildCache: ".next/cache",
  },
  {
    slug: "nuxt",
    label: "Nuxt",
    packages: ["nuxt", "nuxt3"],
    matches: (_tree, manifest) => !/\bgenerate\b/.test(manifest.scripts.build ?? ""),
    build: "nuxt build",
    start: "node .output/server/index.mjs",
    startScript: /^node /,
    standalone: outputOnly,
  },
  {
    slug: "sveltekit",
    label: "SvelteKit",
    packages: ["@sveltejs/kit"],
    matches: hasNodeAdapter,
    build: "vite build",
    start: "node build",
    startScript: /^node /,
  },
  {
    slug: "astro",
    label: "Astro",
    packages: ["astro"],
    matches: (_tree, manifest) => manifest.uses("@astrojs/node"),
    build: "astro build",
    start: "node ./dist/server/entry.mjs",
    startScript: /^node /,
  },
  {
    slug: "react-router",
    label: "React Router",
    packages: ["@react-router/dev"],
    matches: (tree) => !/ssr\s*:\s*false/.test(config(tree, "react-router")),
    build: "react-router build",
    start: "react-router-serve ./build/server/index.js",
    startScript: /^(?!react-router dev)/,
  },
  {
    slug: "remix",
    label: "Remix",
    packages: ["@remix-run/dev"],
    build: "remix vite:build",
    start: "remix-serve ./build/server/index.js",
    startScript: /^(?!remix (vite:)?dev)/,
  },
  {
    slug: "tanstack-start",
    label: "TanStack Start",
    packages: ["@tanstack/react-start", "@tanstack/solid-start"],
    build: "vite build",
    start: "node .output/server/index.mjs",
    startScript: /^node /,
  },
  {
    slug: "solidstart",
    label: "SolidStart",
    packages: ["@solidjs/start"],
    build: "vinxi build",
    start: "node .output/server/index.mjs",
    startScript: /^node /,
    standalone: outputOnly,
  },
  {
    slug: "nestjs",
    label: "NestJS",
    packages: ["@nestjs/core"],
    build: "nest build",
    start: "node dist/main",
    startScript: /^(?!nest start)/,
  },
  {
    slug: "nitro",
    label: "Nitro",
    packages: ["nitropack", "nitro"],
    build: "nitro build",
    start: "node .output/server/index.mjs",
    startScript: /^node /,
    standalone: outputOnly,
  },
  ...["Express", "Fastify", "Koa", "Hono", "Elysia", "H3", "Hapi", "Restify"].map((label) => ({
    slug: label.toLowerCase(),
    label,
    packages: label === "Hapi" ? ["@hapi/hapi"] : [label.toLowerCase()],
  })),
];

export const plainNode: NodeFramework = { slug: "node", label: "Node.js", packages: [] };

/** Throws what the framework's own condition throws. */
export function findNodeFramework(tree: FileTree, manifest: NodeManifest): NodeFramework | null {
  return (
    nodeFrameworks.find(
      (framework) => manifest.uses(...framework.packages) && (framework.matches?.(tree, manifest) ?? true),
    ) ?? null
  );
}
