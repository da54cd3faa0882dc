import type { BuildSettings } from "@/domain/plan/types";
import type { FileTree } from "./file-tree";

export type PlanInput = {
  tree: FileTree;
  settings: BuildSettings;
  /** Names of the plain variables that builds are given. */
  environmentKeys: readonly string[];
};

/** What a detector found out; the rest of a BuildPlan follows from it. */
export type Recipe = {
  label: string;
  framework: string;
  packageManager: string | null;
  installCommand: string | null;
  buildCommand: string | null;
  /** As a person would type it. */
  startCommand: string | null;
  outputDirectory: string | null;
  dockerfile: string;
  notes: string[];
};

/** Null: not of this kind. Throws an AppError where it is of this kind, and cannot be built. */
export type Detector = (input: PlanInput) => Recipe | null;
