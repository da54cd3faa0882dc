/** Programs that make a site of files: how each is run, and where it puts the site. The first that matches counts. */
import type { FileTree } from "./file-tree";
import { readJsonObject } from "./file-tree";
import { isNextExport } from "./node-frameworks";
import type { NodeManifest } from "./node-manifest";

export type StaticGenerator = {
  slug: string;
  label: string;
  packages: string[];
  matches?: (tree: FileTree, manifest: NodeManifest) => boolean;
  build: string;
  output: string | ((tree: FileTree) => string);
  /** Paths below which file names change with their content, so that browsers may keep them for ever. */
  immutable?: string[];
  /** What the build keeps for the next build; relative to the application. */
  buildCache?: string;
  /** Whether the application does its own routing, so that an unknown path is answered with index.html. */
  singlePage?: boolean;
};

/** Where `ng build` writes, by angular.json; Angular's application builder puts the site into "browser". */
function angularOutput(tree: FileTree): string {
  const text = tree.read("angular.json");
  const name =
    /"projects"\s*:\s*\{\s*"([^"]+)"/.exec(text)?.[1] ?? String(readJsonObject(tree, "package.json")?.name ?? "app");
  const written = /"outputPath"\s*:\s*(?:"([^"]+)"|\{[^}]*"base"\s*:\s*"([^"]+)")/.exec(text);
  const base = written?.[1] ?? written?.[2] ?? `dist/${name}`;
  return /build-angular:browser"/.test(text) ? base : `${base}/browser`;
}

const vitePress = (tree: FileTree) => (tree.hasDirectory("docs/.vitepress") ? "docs/" : "");

export const staticGenerators: readonly StaticGenerator[] = [
  {
    slug: "nextjs",
    label: "Next.js (static export)",
    packages: ["next"],
    matches: isNextExport,
    build: "next build",
    output: "out",
    buildCache: ".next/cache",
    immutable: ["/_next/static/"],
  },
  {
    slug: "nuxt",
    label: "Nuxt (static)",
    packages: ["nuxt", "nuxt3"],
    build: "nuxt generate",
    output: ".output/public",
    immutable: ["/_nuxt/"],
  },
  {
    slug: "sveltekit",
    label: "SvelteKit (static)",
    packages: ["@sveltejs/kit"],
    build: "vite build",
    output: "build",
    immutable: ["/_app/immutable/"],
    singlePage: true,
  },
  { slug: "astro", label: "Astro", packages: ["astro"], build: "astro build", output: "dist", immutable: ["/_astro/"] },
  {
    slug: "react-router",
    label: "React Router (single page)",
    packages: ["@react-router/dev"],
    build: "react-router build",
    output: "build/client",
    immutable: ["/assets/"],
    singlePage: true,
  },
  {
    slug: "gatsby",
    label: "Gatsby",
    packages: ["gatsby"],
    build: "gatsby build",
    output: "public",
    immutable: ["/static/"],
  },
  {
    slug: "docusaurus",
    label: "Docusaurus",
    packages: ["@docusaurus/core"],
    build: "docusaurus build",
    output: "build",
    immutable: ["/assets/"],
  },
  {
    slug: "vitepress",
    label: "VitePress",
    packages: ["vitepress"],
    build: "vitepress build",
    output: (tree) => `${vitePress(tree)}.vitepress/dist`,
    immutable: ["/assets/"],
  },
  { slug: "eleventy", label: "Eleventy", packages: ["@11ty/eleventy"], build: "eleventy", output: "_site" },
  { slug: "hexo", label: "Hexo", packages: ["hexo"], build: "hexo generate", output: "public" },
  {
    slug: "storybook",
    label: "Storybook",
    packages: ["storybook"],
    matches: (_tree, { scripts }) => /storybook/.test(scripts.build ?? ""),
    build: "storybook build",
    output: "storybook-static",
    immutable: ["/assets/"],
  },
  {
    slug: "create-react-app",
    label: "Create React App",
    packages: ["react-scripts"],
    build: "react-scripts build",
    output: "build",
    immutable: ["/static/"],
    singlePage: true,
  },
  {
    slug: "angular",
    label: "Angular",
    packages: ["@angular/cli", "@angular/core"],
    build: "ng build",
    output: angularOutput,
    singlePage: true,
  },
  {
    slug: "vue-cli",
    label: "Vue CLI",
    packages: ["@vue/cli-service"],
    build: "vue-cli-service build",
    output: "dist",
    immutable: ["/js/", "/css/"],
    singlePage: true,
  },
  {
    slug: "ember",
    label: "Ember",
    packages: ["ember-cli"],
    build: "ember build --environment=production",
    output: "dist",
    immutable: ["/assets/"],
    singlePage: true,
  },
  {
    slug: "stencil",
    label: "Stencil",
    packages: ["@stencil/core"],
    build: "stencil build",
    output: "www",
    singlePage: true,
  },
  {
    slug: "vite",
    label: "Vite",
    packages: ["vite"],
    build: "vite build",
    output: "dist",
    immutable: ["/assets/"],
    singlePage: true,
  },
  { slug: "parcel", label: "Parcel", packages: ["parcel"], build: "parcel build", output: "dist", singlePage: true },
];

export function findStaticGenerator(tree: FileTree, manifest: NodeManifest): StaticGenerator | null {
  return (
    staticGenerators.find(
      (generator) => manifest.uses(...generator.packages) && (generator.matches?.(tree, manifest) ?? true),
    ) ?? null
  );
}
