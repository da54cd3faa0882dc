/** What a run consists of, quick checks first. */
import { type Area, areas } from "./areas";
import type { Counts } from "./counts";
import type { ToolRunner } from "./run-tool";

export type Stage = {
  name: string;
  /** What must be there before it can run. */
  needs: ("database" | "docker" | "chromium")[];
  run: (tools: ToolRunner) => Promise<Counts>;
};

export const staticStages: Stage[] = [
  { name: "format", needs: [], run: (tools) => tools.check("biome", ["format", "."]) },
  { name: "lint", needs: [], run: (tools) => tools.check("biome", ["lint", "--error-on-warnings", "."]) },
  { name: "types", needs: [], run: (tools) => tools.check("tsc", ["-p", "."]) },
];

export function unitStage(paths: readonly string[] = []): Stage {
  return { name: "unit", needs: [], run: (tools) => tools.vitest("unit", paths) };
}

function integrationStage(paths: readonly string[] = []): Stage {
  return { name: "integration", needs: ["database", "docker"], run: (tools) => tools.vitest("integration", paths) };
}

const journeyStage: Stage = {
  name: "journeys",
  needs: ["docker", "chromium"],
  run: (tools) => tools.playwright(),
};

const chaosStage: Stage = { name: "chaos", needs: ["docker"], run: (tools) => tools.chaos() };

/** `null`: everything. */
export function stagesOf(area: keyof typeof areas | null): Stage[] {
  if (area === null) return [...staticStages, unitStage(), integrationStage(), journeyStage, chaosStage];
  const { paths, checks, journeys, chaos }: Area = areas[area];
  return [
    ...(checks ? staticStages : []),
    ...(paths.length > 0 ? [unitStage(paths), integrationStage(paths)] : []),
    ...(journeys ? [journeyStage] : []),
    ...(chaos ? [chaosStage] : []),
  ];
}
