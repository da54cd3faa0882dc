/** Whatever of the platform's surroundings goes wrong, on real parts: one cause, with what to do about it. */
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import type { WorkerContext } from "@/server/context";
import { removeLeftovers } from "@/server/services/release/remove-leftovers";
import { describeWithDatabase } from "@/testing/database";
import { describeWithDocker } from "@/testing/docker";
import { type EngineProxy, startEngineProxy } from "@/testing/engine-proxy";
import { expectOneCause } from "@/testing/expect-one-cause";
import { createRealWorld, type RealWorld, serverFiles } from "@/testing/real-world";
import { startRegistry, type TestRegistry } from "@/testing/registry";

describeWithDatabase("a deployment whose Engine does not do its part says so", () => {
  describeWithDocker("on real parts", () => {
    let world: RealWorld;
    let proxy: EngineProxy;
    let registry: TestRegistry;
    beforeAll(async () => {
      [world, proxy, registry] = await Promise.all([createRealWorld(), startEngineProxy(), startRegistry({})]);
    });
    beforeEach(() => {
      proxy.restore();
      proxy.hold(null);
    });
    afterAll(async () => {
      await registry.close();
      await world.tearDown();
      await proxy.close();
    });
    const forever = new AbortController().signal;

    it("containers that do not start in time", async () => {
      const service = await world.service(serverFiles("one"));
      proxy.hold(/^POST \/containers\/helvetia-[^/]*\/start/);
      const id = await service.deploy();
      await world.run(world.worker({ DOCKER_HOST: proxy.host, RELEASE_TIMEOUT_SECONDS: "5" }));
      await expectOneCause(world, id, {
        code: "release_timeout",
        blame: "platform",
        message: "The containers were not started within 5 seconds (RELEASE_TIMEOUT_SECONDS).",
        details: { containers: [expect.stringContaining("helvetia-")] },
      });
    });

    /** Cuts the way to the Engine in the middle of the phase. */
    const moments: Record<string, (worker: WorkerContext) => void> = {
      fetching: () => proxy.cut(),
      building(worker) {
        const { buildImage } = worker.engine;
        worker.engine.buildImage = (...args) => {
          proxy.cut();
          return buildImage(...args);
        };
      },
      releasing(worker) {
        const { ensureContainer } = worker.engine;
        worker.engine.ensureContainer = (...args) => {
          proxy.cut();
          return ensureContainer(...args);
        };
      },
      verifying(worker) {
        worker.prober.probe = async () => {
          proxy.cut();
          return { ok: false, reason: "refused" };
        };
      },
      routing(worker) {
        const { confirm } = worker.edge;
        worker.edge.confirm = (...args) => {
          proxy.cut();
          return confirm(...args);
        };
      },
    };

    it.each(Object.keys(moments))("an Engine that goes away while it is %s", async (phase) => {
      const image = { type: "image", reference: `${registry.host}/team/app:1` } as const;
      const service = await world.service(phase === "fetching" ? image : serverFiles("one"));
      const worker = world.worker({ DOCKER_HOST: proxy.host, ENGINE_WAIT_SECONDS: "1" });
      moments[phase]?.(worker);
      const id = await service.deploy();
      await world.run(worker);
      // What it could not remove is found when the Engine is back.
      proxy.restore();
      await removeLeftovers(world.worker(), forever);
      await expectOneCause(world, id, {
        code: "engine_unavailable",
        blame: "platform",
        message: "The Docker Engine did not answer for 1 second (ENGINE_WAIT_SECONDS).",
      });
      expect(await world.visit(service)).toMatch(/^404/);
    });

    it("an Engine that takes requests and never answers", async () => {
      const service = await world.service(serverFiles("one"));
      const worker = world.worker({
        DOCKER_HOST: proxy.host,
        ENGINE_TIMEOUT_SECONDS: "2",
        ENGINE_WAIT_SECONDS: "1",
      });
      const { ensureContainer } = worker.engine;
      worker.engine.ensureContainer = (...args) => {
        proxy.hold(/./);
        return ensureContainer(...args);
      };
      const id = await service.deploy();
      await world.run(worker);
      await removeLeftovers(world.worker(), forever);
      await expectOneCause(world, id, {
        code: "engine_unavailable",
        blame: "platform",
        message: "The Docker Engine did not answer for 1 second (ENGINE_WAIT_SECONDS).",
      });
    });
  });
});
