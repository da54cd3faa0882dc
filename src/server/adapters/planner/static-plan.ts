/** A site whose files are served as they are: there is an index.html and nothing that builds. */

import type { PlanInput, Recipe } from "./recipe";
import { plainSiteDockerfile } from "./static-dockerfile";

const image = "node:24-slim";
const places = ["", "public", "site", "www", "dist", "docs"];

export function detectPlainSite({ tree, settings }: PlanInput): Recipe | null {
  const chosen = settings.outputDirectory?.replace(/^\.\//, "").replace(/\/+$/, "").replace(/^\.$/, "");
  const directory = chosen ?? places.find((place) => tree.has(place === "" ? "index.html" : `${place}/index.html`));
  if (directory === undefined) return null;
  const site = { directory, singlePage: false, immutable: [] };
  return {
    label: "Static site",
    framework: "static",
    packageManager: null,
    installCommand: null,
    buildCommand: null,
    startCommand: null,
    outputDirectory: directory === "" ? "." : directory,
    dockerfile: plainSiteDockerfile(image, site),
    notes: [],
  };
}
