import { describe, expect, it } from "vitest";
import { buildArguments, buildIdentity } from "./build-identity";
import { imagePlan, withImageFacts } from "./image-plan";
import type { BuildSettings, EnvironmentVariable } from "./types";

const build: BuildSettings = {
  builder: "auto",
  dockerfilePath: null,
  installCommand: null,
  buildCommand: null,
  startCommand: null,
  outputDirectory: null,
};
const plain = (key: string, value: string): EnvironmentVariable => ({ key, value, secret: false });
const secret = (key: string, value: string): EnvironmentVariable => ({ key, value, secret: true });
const identity = (changes: Partial<Parameters<typeof buildIdentity>[0]> = {}) =>
  buildIdentity({
    treeHash: "t1",
    build,
    environment: [plain("A", "1"), plain("B", "2"), secret("S", "x")],
    ...changes,
  });

describe("buildIdentity", () => {
  it.each([
    ["other content", { treeHash: "t2" }],
    ["another setting", { build: { ...build, buildCommand: "make" } }],
    ["a command that moved to another field", { build: { ...build, startCommand: "make" } }],
    ["another value", { environment: [plain("A", "1"), plain("B", "3")] }],
    ["one variable less", { environment: [plain("A", "1")] }],
    ["a plain variable that became secret", { environment: [plain("A", "1"), secret("B", "2")] }],
  ])("differs with %s", (_name, changes) => {
    expect(identity(changes)).not.toBe(identity());
  });

  it.each([
    ["the order of variables", { environment: [plain("B", "2"), plain("A", "1"), secret("S", "x")] }],
    ["secrets", { environment: [plain("A", "1"), plain("B", "2"), secret("S", "y"), secret("T", "z")] }],
  ])("is the same whatever %s", (_name, changes) => {
    expect(identity(changes)).toBe(identity());
  });

  it("names no secret, and gives builds none", () => {
    expect(identity()).not.toContain("x");
    expect(buildArguments([plain("A", "1"), secret("S", "x")])).toEqual({ A: "1" });
  });
});

describe("withImageFacts", () => {
  const dockerfile = { ...imagePlan("nginx", [3000]), kind: "dockerfile" as const };
  it("believes the built image where the Dockerfile did not say", () => {
    expect(withImageFacts(dockerfile, { exposedPorts: [80], hasHealthcheck: true }).port).toBe(80);
    expect(withImageFacts(dockerfile, { exposedPorts: [80, 3000], hasHealthcheck: true }).port).toBe(3000);
    expect(withImageFacts(dockerfile, { exposedPorts: [], hasHealthcheck: true }).port).toBe(3000);
    expect(
      withImageFacts({ ...dockerfile, kind: "generated" }, { exposedPorts: [80], hasHealthcheck: true }).port,
    ).toBe(3000);
  });
});
