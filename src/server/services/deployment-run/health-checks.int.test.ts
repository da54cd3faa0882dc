/** Every way to say that a release is well, on real parts: what passes is live, what does not says what it answered. */

import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { defaultHealth, type HealthSettings, type HttpCheck } from "@/domain/health/health-settings";
import { phases } from "@/server/db/schema";
import { describeWithDatabase } from "@/testing/database";
import { describeWithDocker } from "@/testing/docker";
import { type ExpectedCause, expectOneCause } from "@/testing/expect-one-cause";
import type { Files } from "@/testing/git-server";
import { createRealWorld, type RealWorld } from "@/testing/real-world";

const serve = "exec httpd -f -p $PORT -h /www";

/** A server of pages, with a path that moves on; `extra`: further lines of its Dockerfile. */
function app(script: string, extra = ""): Files {
  return {
    Dockerfile: `FROM busybox:1.36\nCOPY . /www\n${extra}\nUSER 1000\nCMD ["sh", "-c", ${JSON.stringify(script)}]\n`,
    "index.html": "hello",
    "cgi-bin/moved": {
      content: '#!/bin/sh\nprintf "Status: 302 Found\\r\\nLocation: /\\r\\n\\r\\n"\n',
      mode: "100755",
    },
  };
}
const asks = (check: HealthSettings["check"], times: Partial<HealthSettings> = {}): HealthSettings => ({
  ...{ ...defaultHealth, check, intervalMs: 1_000, timeoutMs: 1_000 },
  ...times,
});
const http = (path: string, statusFrom = 200, statusTo = 399): HttpCheck => ({
  ...{ type: "http", path },
  ...{ statusFrom, statusTo },
});
const checked = (command: string) => `HEALTHCHECK --interval=1h CMD ${command}`;

const passing: { name: string; files: Files; health: HealthSettings; leastMs?: number }[] = [
  { name: "a path that answers 200", files: app(serve), health: asks(http("/")) },
  {
    name: "a path that moves on, where 200 to 399 are wanted",
    files: app(serve),
    health: asks(http("/cgi-bin/moved")),
  },
  { name: "a path that answers 404, where that is wanted", files: app(serve), health: asks(http("/none", 404, 404)) },
  { name: "an open port", files: app(serve), health: asks({ type: "tcp" }) },
  {
    name: "a port that opens late, within the start period",
    files: app(`sleep 3; ${serve}`),
    health: asks({ type: "tcp" }, { startPeriodMs: 20_000 }),
    leastMs: 3_000,
  },
  {
    name: "three good answers, an interval apart",
    files: app(serve),
    health: asks(http("/"), { threshold: 3 }),
    leastMs: 2_000,
  },
  {
    name: "the image's HEALTHCHECK, at the interval of the settings and not its own",
    files: app(`(sleep 2; touch /tmp/ready) & ${serve}`, checked("test -f /tmp/ready")),
    health: asks({ type: "image" }),
    leastMs: 2_000,
  },
];

const failing: { name: string; files: Files; health: HealthSettings; expected: ExpectedCause }[] = [
  {
    name: "a path that answers 404",
    files: app(serve),
    health: asks(http("/none")),
    expected: {
      code: "health_check_failed",
      blame: "application",
      message:
        /^\/none answered with status 404 \(.*\), asked \d+ times within 5 seconds \(HEALTH_TIMEOUT_SECONDS\)\. Wanted is 200 to 399\.$/,
      details: { status: 404, path: "/none", asked: expect.any(Number) },
    },
  },
  {
    name: "a path that moves on, where 200 to 299 are wanted",
    files: app(serve),
    health: asks(http("/cgi-bin/moved", 200, 299)),
    expected: {
      code: "health_check_failed",
      blame: "application",
      message: /^\/cgi-bin\/moved answered with status 302, .* Wanted is 200 to 299\.$/,
      details: { status: 302 },
    },
  },
  {
    name: "another port than the one that is waited for",
    files: app("exec httpd -f -p 9123 -h /www"),
    health: asks({ type: "tcp" }),
    expected: {
      code: "port_not_open",
      blame: "application",
      message:
        /^Nothing answered on port 3000, asked \d+ times within 5 seconds \(HEALTH_TIMEOUT_SECONDS\)\. The application listens on 9123\.$/,
      details: { port: 3000, openPorts: [9123], asked: expect.any(Number) },
    },
  },
  {
    name: "a port that opens after the start period",
    files: app(`sleep 60; ${serve}`),
    health: asks({ type: "tcp" }, { startPeriodMs: 1_000 }),
    expected: {
      code: "port_not_open",
      blame: "application",
      message:
        /^Nothing answered on port 3000, asked \d+ times within 2 seconds \(start period in the settings\)\. The application listens on no port\.$/,
      details: { openPorts: [] },
    },
  },
  {
    name: "a HEALTHCHECK that does not pass",
    files: app(serve, checked("echo no database today; exit 1")),
    health: asks({ type: "image" }),
    expected: {
      code: "health_check_failed",
      blame: "application",
      message:
        /^The image's HEALTHCHECK did not pass \("no database today"\), run \d+ times within 5 seconds \(HEALTH_TIMEOUT_SECONDS\)\.$/,
      details: { body: "no database today\n", asked: expect.any(Number) },
    },
  },
  {
    name: "an image without a HEALTHCHECK",
    files: app(serve),
    health: asks({ type: "image" }),
    expected: { code: "health_check_failed", blame: "application", message: "The image has no HEALTHCHECK." },
  },
];

describeWithDatabase("the health check of a release", () => {
  describeWithDocker("on real parts", () => {
    let world: RealWorld;
    beforeAll(async () => {
      world = await createRealWorld();
    });
    afterAll(() => world.tearDown());

    const verifyingMs = async (id: string) => {
      const [phase] = await world.db
        .select()
        .from(phases)
        .where(and(eq(phases.deploymentId, id), eq(phases.phase, "verifying")));
      return (phase?.finishedAt?.getTime() ?? 0) - (phase?.startedAt?.getTime() ?? 0);
    };

    // These first: they leave nothing in the world.
    it.each(failing)("fails: $name", async ({ files, health, expected }) => {
      const service = await world.service(files, { health });
      const id = await service.deploy();
      await world.run(world.worker({ HEALTH_TIMEOUT_SECONDS: "5" }));
      await expectOneCause(world, id, expected);
      expect(await world.visit(service)).toMatch(/^404/);
    });

    it.each(passing)("passes: $name", async ({ files, health, leastMs = 0 }) => {
      const service = await world.service(files, { health });
      const id = await service.deploy();
      await world.run(world.worker());
      expect(await world.row(id)).toMatchObject({ status: "live", error: null });
      expect(await verifyingMs(id)).toBeGreaterThanOrEqual(leastMs);
      expect(await world.visit(service)).toBe("200 hello");
    });
  });
});
