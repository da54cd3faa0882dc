import { AppError } from "@/domain/errors";
import { imagesOfDockerfile } from "@/domain/plan/dockerfile-images";
import { readInstructions } from "@/domain/plan/dockerfile-instructions";
import { defaultPort } from "@/domain/plan/effective-port";
import type { BuildPlan, BuildSettings } from "@/domain/plan/types";
import type { FileTree } from "./file-tree";

/** Where the person's Dockerfile is, by the settings; null: they say nothing. Relative, normalized. */
export function chosenDockerfile({ builder, dockerfilePath }: BuildSettings): string | null {
  if (builder === "static") return null;
  return dockerfilePath?.replace(/^(\.\/)+/, "") ?? (builder === "dockerfile" ? "Dockerfile" : null);
}

/** The person's own Dockerfile, which is never rewritten; null where none is chosen and none is there. Throws dockerfile_not_found. */
export function planDockerfile(tree: FileTree, settings: BuildSettings): BuildPlan | null {
  const chosen = chosenDockerfile(settings);
  if (chosen !== null && !tree.has(chosen)) {
    throw new AppError("dockerfile_not_found", { message: `There is no file ${chosen}.` });
  }
  if (chosen === null && (settings.builder === "static" || !tree.has("Dockerfile"))) return null;
  const dockerfilePath = chosen ?? "Dockerfile";
  const text = tree.read(dockerfilePath);
  return {
    kind: "dockerfile",
    label: "Dockerfile",
    framework: null,
    packageManager: null,
    dockerfilePath,
    dockerfile: text,
    installCommand: null,
    buildCommand: null,
    startCommand: settings.startCommand,
    outputDirectory: null,
    hasHealthcheck: hasHealthcheck(text),
    port: exposedPort(text) ?? defaultPort,
    baseImages: imagesOfDockerfile(text, {}),
    notes: [],
  };
}

/** Of the last stage; that of a base image is known once it is built. */
function hasHealthcheck(text: string): boolean {
  let found = false;
  for (const { keyword, rest } of readInstructions(text)) {
    if (keyword === "FROM") found = false;
    if (keyword === "HEALTHCHECK") found = !/^none$/i.test(rest.trim());
  }
  return found;
}

/** The first port of the last stage's first EXPOSE; null where it is no plain number. */
function exposedPort(text: string): number | null {
  let found: number | null = null;
  for (const { keyword, rest } of readInstructions(text)) {
    if (keyword === "FROM") found = null;
    const number = Number(/^(\d{1,5})(\/tcp)?(\s|$)/.exec(rest)?.[1]);
    if (keyword === "EXPOSE" && found === null && number >= 1 && number <= 65_535) found = number;
  }
  return found;
}
