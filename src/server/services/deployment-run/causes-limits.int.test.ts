/** What hangs beside the platform is ended by a limit, and the error names the setting: real Git, registry and router. */
import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { describeWithDatabase } from "@/testing/database";
import { describeWithDocker } from "@/testing/docker";
import { expectOneCause } from "@/testing/expect-one-cause";
import { startHangingServer } from "@/testing/hanging-server";
import { countProcesses } from "@/testing/processes";
import { createRealWorld, type RealWorld, serverFiles } from "@/testing/real-world";
import { startRegistry, type TestRegistry } from "@/testing/registry";

describeWithDatabase("a deployment that waits for what never comes says for what, and how long", () => {
  describeWithDocker("on real parts", () => {
    let world: RealWorld;
    let silent: Awaited<ReturnType<typeof startHangingServer>>;
    let registry: TestRegistry;
    beforeAll(async () => {
      const image = { layer: randomBytes(65_536), labels: {}, command: ["true"] };
      [world, silent, registry] = await Promise.all([
        createRealWorld(),
        startHangingServer(),
        startRegistry({ "team/app:1": image }),
      ]);
      registry.stall();
    });
    afterAll(async () => {
      await silent.close();
      await registry.close();
      await world.tearDown();
    });

    it("a Git server", async () => {
      const url = `http://${silent.host}/team/app.git`;
      const service = await world.service({ type: "git", url, branch: "main", rootDirectory: "" });
      const id = await service.deploy();
      await world.run(world.worker({ FETCH_TIMEOUT_SECONDS: "5" }));
      await expectOneCause(world, id, {
        code: "fetch_timeout",
        blame: "platform",
        message: "The repository was not fetched within 5 seconds (FETCH_TIMEOUT_SECONDS).",
      });
      await expect.poll(() => countProcesses(silent.host)).toBe(0);
    });

    it("a registry that falls silent", async () => {
      const service = await world.service({ type: "image", reference: `${registry.host}/team/app:1` });
      const id = await service.deploy();
      await world.run(world.worker({ PULL_STALL_SECONDS: "5" }));
      await expectOneCause(world, id, {
        code: "base_image_unavailable",
        blame: "platform",
        message: /team\/app:1 could not be pulled: nothing arrived for 5 seconds \(PULL_STALL_SECONDS\)\.$/,
      });
    });

    it("a pull that goes on for too long", async () => {
      const service = await world.service({ type: "image", reference: `${registry.host}/team/app:1` });
      const id = await service.deploy();
      await world.run(world.worker({ BUILD_TIMEOUT_SECONDS: "10" }));
      await expectOneCause(world, id, {
        code: "pull_timeout",
        blame: "platform",
        message: "The image was not pulled within 10 seconds (BUILD_TIMEOUT_SECONDS).",
      });
    });

    it("a router that confirms no route", async () => {
      const service = await world.service(serverFiles("one"));
      const id = await service.deploy();
      await world.run(world.worker({ EDGE_API_URL: `http://${silent.host}`, ROUTE_TIMEOUT_SECONDS: "1" }));
      await expectOneCause(world, id, {
        code: "route_not_applied",
        blame: "platform",
        message: "The router did not take over the new route within 1 second (ROUTE_TIMEOUT_SECONDS).",
        details: { difference: expect.stringContaining("does not answer") },
      });
      expect(await world.visit(service)).toMatch(/^404/);
    });
  });
});
