/** From the files of a checkout and the person's settings to how it is built: a pure function. */
import { AppError } from "@/domain/errors";
import { imagesOfDockerfile } from "@/domain/plan/dockerfile-images";
import type { BuildPlan } from "@/domain/plan/types";
import { planDockerfile } from "./dockerfile-plan";
import { port } from "./dockerfile-text";
import { detectDotnet } from "./dotnet-plan";
import { detectGo } from "./go-plan";
import { detectJava } from "./java-plan";
import { detectNodeServer, detectNodeSite } from "./node-plan";
import { detectPhp } from "./php-plan";
import { detectPython } from "./python-plan";
import type { Detector, PlanInput } from "./recipe";
import { detectRuby } from "./ruby-plan";
import { detectRust } from "./rust-plan";
import { detectPlainSite } from "./static-plan";

/** The first that answers decides: servers before sites, and languages that often bring a package.json before Node.js. */
const detectors: readonly Detector[] = [
  detectPython,
  detectRuby,
  detectPhp,
  detectGo,
  detectRust,
  detectJava,
  detectDotnet,
  detectNodeServer,
  detectNodeSite,
  detectPlainSite,
];
const siteDetectors: readonly Detector[] = [detectNodeSite, detectPlainSite];

/** Throws nothing_detected, dockerfile_not_found, invalid_input. */
export function planBuild(input: PlanInput): BuildPlan {
  const { tree, settings } = input;
  const own = planDockerfile(tree, settings);
  if (own !== null) return own;
  const wantsSite =
    settings.builder === "static" || (settings.outputDirectory !== null && settings.startCommand === null);
  for (const detect of wantsSite ? siteDetectors : detectors) {
    const recipe = detect(input);
    if (recipe === null) continue;
    return {
      kind: "generated",
      dockerfilePath: null,
      port,
      baseImages: imagesOfDockerfile(recipe.dockerfile, {}),
      ...recipe,
    };
  }
  throw new AppError("nothing_detected", tree.paths.length === 0 ? { message: "The root directory is empty." } : {});
}
