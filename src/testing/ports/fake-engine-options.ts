import type { AppError } from "@/domain/errors";
import type { ContainerSpec } from "@/domain/plan/types";
import type { BuildRequest } from "@/server/ports";
import type { FakeProgram } from "./fake-container";

export type FakeBuild = {
  lines?: string[];
  /** "hang": goes on until the signal aborts. */
  outcome?: "succeed" | "hang" | AppError;
  exposedPorts?: number[];
  hasHealthcheck?: boolean;
};

/** Another `digest` is another image. */
export type FakePull = {
  digest?: string;
  exposedPorts?: number[];
  hasHealthcheck?: boolean;
  labels?: Record<string, string>;
};

export type FakeEngineOptions = {
  now?: () => Date;
  /** What a build does. Default: it succeeds. */
  onBuild?: (request: BuildRequest) => FakeBuild;
  /** What a container does after its start; an AppError refuses the start. Default: it runs. */
  onStart?: (spec: ContainerSpec) => FakeProgram | AppError;
  /** What a registry has; null: no such image. Default: every reference, without exposed ports. */
  onPull?: (reference: string) => FakePull | null;
};
