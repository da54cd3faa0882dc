import { describe, expect, it } from "vitest";
import { defaultHealth } from "@/domain/health/health-settings";
import type { ServiceSnapshot } from "@/domain/plan/types";
import { compareSettings, compareVariables } from "./compare-inputs";

const snapshot: ServiceSnapshot = {
  source: { type: "git", url: "https://git.example.com/shop.git", branch: "main", rootDirectory: "" },
  build: {
    builder: "auto",
    dockerfilePath: null,
    installCommand: null,
    buildCommand: null,
    startCommand: null,
    outputDirectory: null,
  },
  runtime: { port: null, health: defaultHealth, memoryMib: 512, cpuMillis: 1000, replicas: 1, readOnlyRoot: false },
  hosts: ["shop.localhost"],
};

describe("compareSettings", () => {
  it("finds nothing between equals", () => {
    expect(compareSettings(snapshot, structuredClone(snapshot))).toEqual([]);
  });

  it("names what changed as people call it", () => {
    const after = {
      ...snapshot,
      build: { ...snapshot.build, startCommand: "node server.js" },
      runtime: { ...snapshot.runtime, port: 8080, cpuMillis: 500 },
    };
    expect(compareSettings(snapshot, after)).toEqual([
      { field: "Start command", before: "not set", after: "node server.js" },
      { field: "Port", before: "not set", after: "8080" },
      { field: "CPU", before: "1 cores", after: "0.5 cores" },
    ]);
  });

  it("tells a change from a repository to an image", () => {
    const after: ServiceSnapshot = { ...snapshot, source: { type: "image", reference: "nginx:1" } };
    expect(compareSettings(snapshot, after).map((entry) => entry.field)).toEqual([
      "Repository",
      "Branch",
      "Root directory",
      "Image",
    ]);
  });
});

describe("compareVariables", () => {
  const plain = (key: string, value: string) => ({ key, value, secret: false });

  it("tells added, removed and changed, by name and without values", () => {
    const before = [plain("A", "1"), plain("B", "1"), plain("C", "1")];
    const after = [plain("D", "1"), plain("C", "2"), plain("A", "1")];
    expect(compareVariables(before, after)).toEqual([
      { key: "B", change: "removed" },
      { key: "C", change: "changed" },
      { key: "D", change: "added" },
    ]);
  });

  it("counts becoming secret as a change", () => {
    expect(compareVariables([plain("A", "1")], [{ ...plain("A", "1"), secret: true }])).toEqual([
      { key: "A", change: "changed" },
    ]);
  });
});
