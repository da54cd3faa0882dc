import { describe, expect, test } from "vitest";
import { mirroredReference, parseImageReference } from "./image-reference";

describe("parseImageReference", () => {
  test.each([
    ["node", { registry: "docker.io", path: "library/node", tag: "latest", digest: null }],
    ["node:24-alpine", { registry: "docker.io", path: "library/node", tag: "24-alpine", digest: null }],
    ["docker.io/library/node:24", { registry: "docker.io", path: "library/node", tag: "24", digest: null }],
    ["grafana/loki:3", { registry: "docker.io", path: "grafana/loki", tag: "3", digest: null }],
    ["ghcr.io/a/b/c:1", { registry: "ghcr.io", path: "a/b/c", tag: "1", digest: null }],
    ["localhost/x", { registry: "localhost", path: "x", tag: "latest", digest: null }],
    ["127.0.0.1:5000/x:y", { registry: "127.0.0.1:5000", path: "x", tag: "y", digest: null }],
    ["node@sha256:aa", { registry: "docker.io", path: "library/node", tag: null, digest: "sha256:aa" }],
    ["node:24@sha256:aa", { registry: "docker.io", path: "library/node", tag: "24", digest: "sha256:aa" }],
  ])("%s", (text, expected) => {
    expect(parseImageReference(text)).toEqual(expected);
  });
});

test("a mirror stands in for Docker Hub alone", () => {
  expect(mirroredReference("node:24", "mirror.example:5000")).toBe("mirror.example:5000/library/node:24");
  expect(mirroredReference("a/b@sha256:cc", "mirror.example/hub/")).toBe("mirror.example/hub/a/b@sha256:cc");
  expect(mirroredReference("ghcr.io/a/b:1", "mirror.example")).toBeNull();
});
