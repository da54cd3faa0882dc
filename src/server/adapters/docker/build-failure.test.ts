import { describe, expect, test } from "vitest";
import { buildFailure } from "./build-failure";

const failure = (text: string) => buildFailure(text, { dockerfilePath: "app/Dockerfile", memoryMib: 512 }).toRecord();

describe("buildFailure", () => {
  test.each([
    "executor failed running [/bin/sh -c npm run build]: exit code: 7",
    'failed to solve: process "/bin/sh -c npm run build" did not complete successfully: exit code: 7',
  ])("a failing command: %s", (text) => {
    expect(failure(text)).toMatchObject({
      code: "build_failed",
      message: 'The build failed: "npm run build" ended with exit code 7.',
      details: { exitCode: 7, command: "npm run build" },
    });
  });

  test("a command of several lines is kept whole, and said by its first", () => {
    const { message, details } = failure("executor failed running [/bin/sh -c a\nb]: exit code: 1");
    expect(message).toBe('The build failed: "a" ended with exit code 1.');
    expect(details).toMatchObject({ command: "a\nb" });
  });

  test("a command that was killed ran out of memory", () => {
    expect(failure("executor failed running [/bin/sh -c vite build]: exit code: 137")).toMatchObject({
      code: "build_out_of_memory",
      details: { exitCode: 137, command: "vite build", memoryMib: 512 },
    });
  });

  test.each([
    "failed to solve with frontend dockerfile.v0: failed to read dockerfile: open /var/lib/docker/tmp/m1/app/Dockerfile: no such file or directory",
    "failed to solve: failed to read dockerfile: open app/Dockerfile: no such file or directory",
  ])("a missing Dockerfile: %s", (text) => {
    expect(failure(text)).toMatchObject({ code: "dockerfile_not_found", message: "There is no file app/Dockerfile." });
  });

  test.each([
    'failed to solve with frontend dockerfile.v0: failed to create LLB definition: failed to do request: Head "https://registry.invalid/v2/no/such/manifests/image": dial tcp: lookup registry.invalid: no such host',
    "failed to solve: no/such:image: failed to resolve source metadata for docker.io/no/such:image: pull access denied, repository does not exist",
  ])("a base image that cannot be had: %s", (text) => {
    expect(failure(text).code).toBe("base_image_unavailable");
  });

  test.each([
    'failed to compute cache key: "/conf/app.yml" not found: not found',
    'failed to solve with frontend dockerfile.v0: failed to build LLB: failed to compute cache key: "/conf/app.yml" not found: not found',
    'failed to solve: failed to compute cache key: failed to calculate checksum of ref 2b::a7: "/conf/app.yml": not found',
    'failed to solve: failed to calculate checksum of ref moby::x9: "/conf/app.yml": not found',
    "failed to compute cache key: failed to walk /var/lib/docker/tmp/buildkit-mount11/conf/app.yml: lstat /var/lib/docker/tmp/buildkit-mount11/conf/app.yml: no such file or directory",
  ])("a file that COPY does not find: %s", (text) => {
    expect(failure(text)).toMatchObject({
      code: "build_file_not_found",
      message: "The build needs conf/app.yml, which is not in the repository.",
      details: { file: "conf/app.yml" },
    });
  });

  test("a full disk is the operator's", () => {
    expect(failure("failed to copy files: write /x: no space left on device").code).toBe("disk_full");
  });
});
