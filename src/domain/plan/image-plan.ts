import { defaultPort } from "./effective-port";
import type { BuildPlan } from "./types";

/** The plan of a service that brings its own image: nothing is built. */
export function imagePlan(reference: string, exposedPorts: number[]): BuildPlan {
  return {
    kind: "image",
    label: "Container image",
    framework: null,
    packageManager: null,
    dockerfilePath: null,
    dockerfile: null,
    installCommand: null,
    buildCommand: null,
    startCommand: null,
    outputDirectory: null,
    port: exposedPorts[0] ?? defaultPort,
    baseImages: [reference],
    notes: [],
  };
}

type ImageFacts = { exposedPorts: number[]; hasHealthcheck: boolean };

/** A Dockerfile's own EXPOSE and HEALTHCHECK may stand in its base image: what the built image says is surer. */
export function withImageFacts(plan: BuildPlan, { exposedPorts, hasHealthcheck }: ImageFacts): BuildPlan {
  const [first] = exposedPorts;
  const keepsPort = plan.kind !== "dockerfile" || first === undefined || exposedPorts.includes(plan.port);
  return { ...plan, hasHealthcheck, port: keepsPort ? plan.port : first };
}
