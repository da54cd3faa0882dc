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

/** A Dockerfile's own EXPOSE may stand in its base image: what the built image says about its port is surer. */
export function withExposedPort(plan: BuildPlan, exposedPorts: number[]): BuildPlan {
  const [first] = exposedPorts;
  if (plan.kind !== "dockerfile" || first === undefined || exposedPorts.includes(plan.port)) return plan;
  return { ...plan, port: first };
}
