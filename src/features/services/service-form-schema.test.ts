import { describe, expect, it } from "vitest";
import { defaultHealth, healthByPath } from "@/domain/health/health-settings";
import { healthFormDefaults } from "./health-form";
import { newServiceForm, newServiceFormDefaults, runtimeForm } from "./service-form-schema";

const filled = {
  ...newServiceFormDefaults,
  name: "shop",
  source: { ...newServiceFormDefaults.source, url: "https://github.com/acme/shop", branch: "main" },
};
const issuesOf = (values: unknown) => {
  const result = newServiceForm.safeParse(values);
  return Object.fromEntries((result.error?.issues ?? []).map((issue) => [issue.path.join("."), issue.message]));
};

describe("newServiceForm", () => {
  it("makes the procedure's input of what was typed; what was left empty stays to be detected", () => {
    expect(newServiceForm.parse(filled)).toEqual({
      name: "shop",
      source: { type: "git", url: "https://github.com/acme/shop", branch: "main", rootDirectory: "" },
      gitToken: undefined,
      build: {
        builder: "auto",
        dockerfilePath: null,
        installCommand: null,
        buildCommand: null,
        startCommand: null,
        outputDirectory: null,
      },
      runtime: {
        port: null,
        health: defaultHealth,
        memoryMib: undefined,
        cpuMillis: undefined,
        replicas: 1,
        readOnlyRoot: false,
      },
    });
  });

  it("takes an image without looking at the repository's fields", () => {
    const source = { ...newServiceFormDefaults.source, type: "image" as const, reference: "ghcr.io/acme/shop:1" };
    expect(newServiceForm.parse({ ...filled, source }).source).toEqual({
      type: "image",
      reference: "ghcr.io/acme/shop:1",
    });
  });

  it("names the field as the form has it", () => {
    expect(Object.keys(issuesOf(newServiceFormDefaults)).sort()).toEqual(["name", "source.branch", "source.url"]);
    const runtime = {
      port: "70000",
      health: { ...healthFormDefaults, check: "http" as const, path: "health" },
      memoryMib: "much",
      cpuMillis: "0",
      replicas: "0",
      readOnlyRoot: "",
    };
    expect(Object.keys(issuesOf({ ...filled, runtime })).sort()).toEqual([
      "runtime.cpuMillis",
      "runtime.health.path",
      "runtime.memoryMib",
      "runtime.port",
      "runtime.readOnlyRoot",
      "runtime.replicas",
    ]);
  });
});

describe("runtimeForm", () => {
  const typed = {
    port: "8080",
    health: { ...healthFormDefaults, check: "http" as const, path: "/health" },
    memoryMib: "1 GiB",
    cpuMillis: "0.5",
    replicas: "2",
    readOnlyRoot: "read-only",
  };

  it("reads units", () => {
    expect(runtimeForm.parse(typed)).toEqual({
      port: 8080,
      health: healthByPath("/health"),
      memoryMib: 1024,
      cpuMillis: 500,
      replicas: 2,
      readOnlyRoot: true,
    });
  });

  it("wants memory and processor of a service that is there", () => {
    const result = runtimeForm.safeParse({ ...typed, memoryMib: "", cpuMillis: "" });
    expect(result.error?.issues.map((issue) => issue.path.join("."))).toEqual(["memoryMib", "cpuMillis"]);
  });

  it("says what it wants in place of a number", () => {
    const result = runtimeForm.safeParse({ ...typed, port: "http" });
    expect(result.error?.issues[0]?.message).toBe("Enter a port from 1 to 65535.");
  });
});
