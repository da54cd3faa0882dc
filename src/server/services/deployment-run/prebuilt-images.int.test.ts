/** Services that bring their own image, from a registry whose tags move. */
import { randomBytes } from "node:crypto";
import { buffer } from "node:stream/consumers";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { containerName } from "@/domain/naming";
import { busyboxRoot } from "@/server/adapters/docker/base/busybox-root";
import { packRoot } from "@/server/adapters/docker/base/pack-root";
import type { RootEntry } from "@/server/adapters/docker/base/root-entry";
import { openConnection } from "@/server/adapters/docker/connection";
import { rollbackDeployment } from "@/server/services/deployment/rollback-deployment";
import { restartService } from "@/server/services/service/restart-service";
import { describeWithDatabase } from "@/testing/database";
import { describeWithDocker } from "@/testing/docker";
import { createRealWorld, type RealService, type RealWorld, serverFiles } from "@/testing/real-world";
import { startRegistry, type TestRegistry } from "@/testing/registry";

describeWithDatabase("a service that brings its own image", () => {
  describeWithDocker("from a registry", () => {
    const docker = openConnection(process.env.DOCKER_HOST ?? null);
    let world: RealWorld;
    let registry: TestRegistry;
    let name: string;
    let service: RealService;
    beforeAll(async () => {
      world = await createRealWorld({ settings: { WARM_RELEASES_PER_SERVICE: "0" } });
      registry = await startRegistry({});
    });
    beforeEach(async () => {
      name = `app-${randomBytes(4).toString("hex")}:latest`;
      service = await world.service({ type: "image", reference: `${registry.host}/${name}` });
    });
    afterAll(async () => {
      await registry.close();
      await world.tearDown();
    });

    /** Moves the tag in the registry. Resolves with the image's digest there. */
    async function publish(version: string): Promise<string> {
      const { entries } = await busyboxRoot("");
      const page: RootEntry = { type: "text", path: "www/index.html", mode: 0o644, content: version };
      const layer = await buffer(packRoot([...entries, { type: "directory", path: "www", mode: 0o755 }, page]));
      const command = ["sh", "-c", "exec httpd -f -p $PORT -h /www"];
      return registry.publish(name, { layer, labels: world.docker.labels, command });
    }
    async function deploy(): Promise<string> {
      const id = await service.deploy();
      await world.run(world.worker());
      expect(await world.status(id)).toBe("live");
      return id;
    }
    const imageOf = async (id: string, replica = 0) =>
      (await docker.getContainer(containerName(id, replica)).inspect()).Image;

    it("runs what the tag names at each new deployment, every replica the same, and says what exactly", async () => {
      service = await world.service({ type: "image", reference: `${registry.host}/${name}` }, { replicas: 2 });
      const one = await publish("one");
      const first = await deploy();
      expect(await world.visit(service)).toBe("200 one");
      expect((await world.row(first))?.imageReference).toBe(`${registry.host}/${name}@${one}`);
      const again = await deploy();
      expect((await world.row(again))?.imageId).toBe((await world.row(first))?.imageId);
      expect(await world.buildLog(again)).toContain(`${registry.host}/${name} has not changed`);
      const two = await publish("two");
      const second = await deploy();
      expect(await world.visit(service)).toBe("200 two");
      const { imageId, imageReference } = (await world.row(second)) ?? {};
      expect(imageReference).toBe(`${registry.host}/${name}@${two}`);
      expect([await imageOf(second, 0), await imageOf(second, 1)]).toEqual([imageId, imageId]);
    });

    it("goes back to exactly the image of that time, and restarts the one that runs, without the registry", async () => {
      await publish("one");
      const first = await deploy();
      await publish("two");
      await deploy();
      await publish("three");
      await registry.stop();
      try {
        await restartService(world.web, service.id);
        await world.run(world.worker());
        expect(await world.visit(service)).toBe("200 two");
        const back = await rollbackDeployment(world.web, first);
        await world.run(world.worker());
        expect(await world.status(back.id)).toBe("live");
        expect(await world.visit(service)).toBe("200 one");
        expect(await imageOf(first)).toBe((await world.row(first))?.imageId);
      } finally {
        await registry.start();
      }
    });

    it("runs the image that is there where the registry is not, and says so", async () => {
      await publish("one");
      await deploy();
      await publish("two");
      await registry.stop();
      try {
        const id = await deploy();
        expect(await world.visit(service)).toBe("200 one");
        expect(await world.buildLog(id)).toMatch(
          /could not be pulled: connection refused\. The image of that name that is on this server is used\./,
        );
      } finally {
        await registry.start();
      }
      await deploy();
      expect(await world.visit(service)).toBe("200 two");
    });

    it("gets no image of another service, whether by name or by id", async () => {
      const other = await world.service(serverFiles("secret"));
      const built = await other.deploy();
      await world.run(world.worker());
      const { imageReference, imageId } = (await world.row(built)) ?? {};
      for (const reference of [imageReference ?? "", (imageId ?? "").slice("sha256:".length)]) {
        service = await world.service({ type: "image", reference });
        const id = await service.deploy();
        await world.run(world.worker());
        expect(await world.row(id)).toMatchObject({ status: "failed", imageId: null });
      }
    });
  });
});
