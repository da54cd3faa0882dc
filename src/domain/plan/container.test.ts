import { describe, expect, it } from "vitest";
import { defaultHealth } from "@/domain/health/health-settings";
import { commandVector } from "./command";
import { containerSpec, type Release, replicaNames } from "./container";
import { imagePlan } from "./image-plan";

const release: Release = {
  instanceId: "default",
  serviceId: "svc_a",
  serviceSlug: "web",
  environmentId: "env_a",
  releaseId: "dep_a",
  imageId: "sha256:abc",
  commitSha: "0123456789abcdef0123456789abcdef01234567",
  snapshot: {
    source: { type: "git", url: "https://example.com/a.git", branch: "main", rootDirectory: "" },
    build: {
      builder: "auto",
      dockerfilePath: null,
      installCommand: null,
      buildCommand: null,
      startCommand: "node server.js",
      outputDirectory: null,
    },
    runtime: { port: null, health: defaultHealth, memoryMib: 256, cpuMillis: 500, replicas: 2, readOnlyRoot: true },
    hosts: ["web.example.com"],
  },
  plan: { ...imagePlan("node:24", [8000]), kind: "generated" },
  environment: [
    { key: "GREETING", value: "hi", secret: false },
    { key: "TOKEN", value: "s3cret", secret: true },
  ],
  limits: { pids: 100, stopGraceSeconds: 7 },
};

describe("containerSpec", () => {
  it("is all that the Engine is told about a replica", () => {
    expect(containerSpec(release, 1)).toEqual({
      name: "helvetia-dep-a-1",
      image: "sha256:abc",
      env: {
        HELVETIA_COMMIT_SHA: "0123456789abcdef0123456789abcdef01234567",
        GREETING: "hi",
        TOKEN: "s3cret",
        PORT: "8000",
      },
      labels: {
        "cloud.helvetia.managed": "true",
        "cloud.helvetia.instance": "default",
        "cloud.helvetia.environment": "env_a",
        "cloud.helvetia.service": "svc_a",
        "cloud.helvetia.release": "dep_a",
        "cloud.helvetia.replica": "1",
      },
      network: "helvetia-env-a",
      networkAliases: ["web"],
      command: null,
      port: 8000,
      memoryMib: 256,
      cpuMillis: 500,
      pidsLimit: 100,
      readOnlyRoot: true,
      healthcheck: null,
      stopGraceSeconds: 7,
    });
    expect(replicaNames("dep_a", 2)).toEqual(["helvetia-dep-a-0", "helvetia-dep-a-1"]);
  });

  it("replaces the command of an image that was not generated", () => {
    expect(containerSpec({ ...release, plan: imagePlan("x", []) }, 0).command).toEqual(["node", "server.js"]);
  });

  it.each<[string, number | null, string | undefined, number]>([
    ["the setting wins", 9000, "7000", 9000],
    ["then the person's PORT", null, "7000", 7000],
    ["a PORT that is none does not count", null, "http", 8000],
    ["nor one out of range", null, "70000", 8000],
    ["then the plan", null, undefined, 8000],
  ])("port: %s", (_name, port, variable, expected) => {
    const environment = variable === undefined ? [] : [{ key: "PORT", value: variable, secret: false }];
    const runtime = { ...release.snapshot.runtime, port };
    const spec = containerSpec({ ...release, environment, snapshot: { ...release.snapshot, runtime } }, 0);
    expect([spec.port, spec.env.PORT]).toEqual([expected, String(expected)]);
  });
});

describe("commandVector", () => {
  it.each<[string, string[]]>([
    ["node server.js", ["node", "server.js"]],
    ["  node   server.js ", ["node", "server.js"]],
    [`python -c "print 1"`, ["python", "-c", "print 1"]],
    [`say 'two words' "and more"`, ["say", "two words", "and more"]],
    ["npm run build && npm start", ["/bin/sh", "-c", "npm run build && npm start"]],
    ["serve -p $PORT", ["/bin/sh", "-c", "serve -p $PORT"]],
    ["NODE_ENV=production node .", ["/bin/sh", "-c", "NODE_ENV=production node ."]],
    [`say "unbalanced`, ["/bin/sh", "-c", `say "unbalanced`]],
    [`say --name="two words"`, ["/bin/sh", "-c", `say --name="two words"`]],
  ])("%s", (line, expected) => {
    expect(commandVector(line)).toEqual(expected);
  });
});
