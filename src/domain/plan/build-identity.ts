import type { BuildSettings, EnvironmentVariable } from "./types";

/** Raised when the platform would make another image of the same input (the generated Dockerfiles changed). */
const recipeVersion = 1;

/**
 * All that goes into an image, as one canonical text: equal texts are equal images, so their hash is the build key.
 * Secrets are no part of it, since builds never see them. The commit is none either: only the content counts.
 */
export function buildIdentity(input: {
  treeHash: string;
  build: BuildSettings;
  environment: EnvironmentVariable[];
}): string {
  const { build } = input;
  return JSON.stringify([
    recipeVersion,
    input.treeHash,
    [
      build.builder,
      build.dockerfilePath,
      build.installCommand,
      build.buildCommand,
      build.startCommand,
      build.outputDirectory,
    ],
    Object.entries(buildArguments(input.environment)).sort(([a], [b]) => (a < b ? -1 : 1)),
  ]);
}

/** What a build is given of the environment: the plain variables. */
export function buildArguments(environment: EnvironmentVariable[]): Record<string, string> {
  return Object.fromEntries(environment.filter((one) => !one.secret).map((one) => [one.key, one.value]));
}
