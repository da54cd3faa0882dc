/** Whatever goes wrong with what somebody deploys, on real parts: one cause, with what to do about it. */
import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { healthByPath } from "@/domain/health/health-settings";
import type { RuntimeSettings, ServiceSource } from "@/domain/plan/types";
import { describeWithDatabase } from "@/testing/database";
import { describeWithDocker } from "@/testing/docker";
import { type ExpectedCause, expectOneCause } from "@/testing/expect-one-cause";
import type { Files } from "@/testing/git-server";
import { createRealWorld, type RealWorld, serverFiles } from "@/testing/real-world";
import { startRegistry, type TestRegistry } from "@/testing/registry";

/** An image whose only work is this command of a shell. */
const runs = (script: string, files: Files = {}): Files => ({
  Dockerfile: `FROM busybox:1.36\nCOPY . /www\nUSER 1000\nCMD ["sh", "-c", ${JSON.stringify(script)}]\n`,
  "index.html": "hello",
  ...files,
});
/** Steps whose result no earlier run left in the Engine's cache. */
const builds = (step: string): Files => serverFiles("one", `RUN : ${randomBytes(6).toString("hex")}; ${step}`);
const exhaust = "x=aaaaaaaaaaaaaaaa; while true; do x=$x$x; done";
const failingHealth =
  '#!/bin/sh\nprintf "Status: 500 Internal Server Error\\r\\n\\r\\nno database today\\nat line 3\\n"\n';

type Cause = {
  name: string;
  from: Files | ((world: RealWorld) => Promise<ServiceSource>);
  runtime?: Partial<RuntimeSettings>;
  settings?: Record<string, string>;
  expected: ExpectedCause;
};

describeWithDatabase("a deployment that fails says why", () => {
  describeWithDocker("on real parts", () => {
    let world: RealWorld;
    const registries: TestRegistry[] = [];
    beforeAll(async () => {
      world = await createRealWorld({ settings: { HEALTH_TIMEOUT_SECONDS: "5" } });
    });
    afterAll(async () => {
      for (const registry of registries) await registry.close();
      await world.tearDown();
    });

    const image = async (mood: "empty" | "deny" | "gone"): Promise<ServiceSource> => {
      const registry = await startRegistry({});
      if (mood === "deny") registry.deny();
      if (mood === "gone") await registry.close();
      else registries.push(registry);
      return { type: "image", reference: `${registry.host}/team/app:1` };
    };

    const causes: Cause[] = [
      {
        name: "out of memory in the build",
        from: builds(exhaust),
        settings: { BUILD_MEMORY_LIMIT_MB: "256" },
        expected: {
          code: "build_out_of_memory",
          blame: "application",
          message: "The build ran out of memory: it may use 256 MiB.",
          details: { memoryMib: 256, exitCode: 137 },
        },
      },
      {
        name: "a build step that fails",
        from: builds("echo about to fail; echo the reason >&2; exit 4"),
        expected: {
          code: "build_failed",
          blame: "application",
          message: /ended with exit code 4\.$/,
          details: { exitCode: 4, lastLines: expect.arrayContaining(["about to fail", "the reason"]) },
        },
      },
      {
        name: "a build that takes too long",
        from: builds("sleep 60"),
        settings: { BUILD_TIMEOUT_SECONDS: "10" },
        expected: {
          code: "build_timeout",
          blame: "application",
          message: "The build did not end within 10 seconds (BUILD_TIMEOUT_SECONDS).",
        },
      },
      {
        name: "a file that is missing in the build",
        from: { Dockerfile: "FROM busybox:1.36\nCOPY conf/app.yml /app.yml\n" },
        expected: {
          code: "build_file_not_found",
          blame: "application",
          // The Engine names the file, or the first directory on its way that is not there.
          message: /^The build needs conf\b.*, which is not in the repository\.$/,
          details: { file: expect.stringMatching(/^conf\b/) },
        },
      },
      {
        name: "a program that is missing at the start",
        from: { Dockerfile: 'FROM busybox:1.36\nCMD ["/app/server"]\n' },
        expected: {
          code: "invalid_start_command",
          blame: "application",
          message: "The start command could not be executed.",
          details: { lastLines: [expect.stringContaining("/app/server")] },
        },
      },
      {
        name: "out of memory at the start",
        from: runs(exhaust),
        expected: {
          code: "container_out_of_memory",
          blame: "application",
          message: "The application ran out of memory: it may use 64 MiB.",
        },
      },
      {
        name: "another port",
        from: runs("exec httpd -f -p 9123 -h /www"),
        expected: {
          code: "port_not_open",
          blame: "application",
          message:
            /^Nothing answered on port 3000, asked \d+ times within 5 seconds \(HEALTH_TIMEOUT_SECONDS\)\. The application listens on 9123\.$/,
          details: { port: 3000, openPorts: [9123] },
        },
      },
      {
        name: "the right port, for itself alone",
        from: runs("exec httpd -f -p 127.0.0.1:$PORT -h /www"),
        expected: {
          code: "port_not_open",
          blame: "application",
          message: /The application listens on 127\.0\.0\.1:3000, where only itself can reach it\.$/,
          details: { openPorts: [], loopbackPorts: [3000] },
        },
      },
      {
        name: "a crash at once",
        from: runs("echo no configuration >&2; exit 3"),
        expected: {
          code: "container_exited",
          blame: "application",
          message: "The application stopped right after its start with exit code 3.",
          details: { exitCode: 3, lastLines: ["no configuration"] },
        },
      },
      {
        name: "a crash after twenty seconds",
        from: runs("sleep 20; echo gave up on the database >&2; exit 7"),
        settings: { HEALTH_TIMEOUT_SECONDS: "60" },
        expected: {
          code: "container_exited",
          blame: "application",
          message: "The application stopped 20 seconds after its start with exit code 7.",
          details: { exitCode: 7, lastLines: ["gave up on the database"] },
        },
      },
      {
        name: "a health path that answers 500",
        from: runs("exec httpd -f -p $PORT -h /www", {
          "cgi-bin/health": { content: failingHealth, mode: "100755" },
        }),
        runtime: { health: healthByPath("/cgi-bin/health") },
        expected: {
          code: "health_check_failed",
          blame: "application",
          message:
            /^\/cgi-bin\/health answered with status 500 \("no database today"\), asked \d+ times within 5 seconds \(HEALTH_TIMEOUT_SECONDS\)\. Wanted is 200 to 399\.$/,
          details: { status: 500, body: expect.stringContaining("no database today") },
        },
      },
      {
        name: "a branch that is not there",
        from: async ({ git }) => {
          const repository = await git.createRepository("branchless");
          await repository.commit(serverFiles("one"));
          return { type: "git", url: repository.url, branch: "no-such", rootDirectory: "" };
        },
        expected: { code: "branch_not_found", blame: "input", message: "There is no branch no-such." },
      },
      {
        name: "an image that the registry does not have",
        from: () => image("empty"),
        expected: {
          code: "image_not_found",
          blame: "input",
          message: /^There is no image 127\.0\.0\.1:\d+\/team\/app:1/,
        },
      },
      {
        name: "a registry that wants credentials",
        from: () => image("deny"),
        expected: {
          code: "image_access_denied",
          blame: "input",
          message: /^The registry refused access to 127\.0\.0\.1:\d+\/team\/app:1\.$/,
        },
      },
      {
        name: "a registry that is not there",
        from: () => image("gone"),
        expected: {
          code: "base_image_unavailable",
          blame: "platform",
          message: /team\/app:1 could not be pulled: connection refused\.$/,
        },
      },
    ];

    it.each(causes)("$name", async ({ from, runtime, settings, expected }) => {
      const service = await world.service(typeof from === "function" ? await from(world) : from, runtime);
      const id = await service.deploy();
      await world.run(world.worker(settings));
      await expectOneCause(world, id, expected);
      expect(await world.visit(service)).toMatch(/^404/);
    });
  });
});
