/** What the contract runs, once in words a real Engine executes and once as the program the fake plays. */
import { AppError } from "@/domain/errors";
import type { ContainerSpec } from "@/domain/plan/types";
import type { BuildRequest } from "@/server/ports";
import type { FakeProgram } from "./fake-container";
import type { FakeBuild } from "./fake-engine-options";

type ContainerScenario = { command: string[]; program: FakeProgram };

const sh = (script: string) => ["sh", "-c", script];

export const containerScenarios = {
  runs: { command: sh("exec sleep 600"), program: {} },
  prints: {
    command: sh("for i in 1 2 3; do echo line-$i; done; exec sleep 600"),
    program: { prints: [1, 2, 3].map((i) => ({ stream: "stdout", text: `line-${i}` })) },
  },
  complainsAndExits: {
    command: sh("echo complaint >&2; exit 3"),
    program: { prints: [{ stream: "stderr", text: "complaint" }], ends: { exitCode: 3 } },
  },
  eatsMemory: {
    command: sh("x=aaaaaaaaaaaaaaaa; while true; do x=$x$x; done"),
    program: { ends: { exitCode: 137, outOfMemory: true } },
  },
  cannotStart: {
    command: ["/no/such/program"],
    program: { ends: { exitCode: 127 } },
  },
} as const satisfies Record<string, ContainerScenario>;

type BuildScenario = { dockerfile: string | null; build: FakeBuild };

export const buildScenarios = {
  works: {
    dockerfile: "FROM busybox:1.36\nEXPOSE 4000\nRUN echo it-works\n",
    build: { lines: ["it-works"], exposedPorts: [4000] },
  },
  fails: {
    dockerfile: "FROM busybox:1.36\nRUN echo before-failing\nRUN exit 7\n",
    build: {
      lines: ["before-failing"],
      outcome: new AppError("build_failed", { details: { exitCode: 7, command: "exit 7" } }),
    },
  },
  hangs: {
    dockerfile: "FROM busybox:1.36\nRUN echo begun; sleep 600\n",
    build: { lines: ["begun"], outcome: "hang" },
  },
  hasNoDockerfile: { dockerfile: null, build: { outcome: new AppError("dockerfile_not_found") } },
  needsUnknownImage: {
    dockerfile: "FROM registry.invalid/no/such:image\nRUN true\n",
    build: { outcome: new AppError("base_image_unavailable") },
  },
} as const satisfies Record<string, BuildScenario>;

export type ContainerScenarioName = keyof typeof containerScenarios;
export type BuildScenarioName = keyof typeof buildScenarios;

/** For a fake under contract: plays the scenario whose command the container has. */
export function playContainer(spec: ContainerSpec): FakeProgram {
  const wanted = JSON.stringify(spec.command);
  const scenario = Object.values(containerScenarios).find((one) => JSON.stringify(one.command) === wanted);
  if (!scenario) throw new Error(`no scenario has the command ${wanted}`);
  return scenario.program;
}

/** For a fake under contract: plays the scenario whose Dockerfile the build has. */
export function playBuild(request: BuildRequest): FakeBuild {
  const dockerfile = request.files.find((file) => file.path === request.dockerfilePath)?.content ?? null;
  const scenario = Object.values(buildScenarios).find((one) => one.dockerfile === dockerfile);
  if (!scenario) throw new Error(`no scenario has the Dockerfile ${dockerfile}`);
  return scenario.build;
}
