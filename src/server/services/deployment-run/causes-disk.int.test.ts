/** A disk that is full, be it the platform's own or the Engine's: real file systems on loop devices, and a real Engine. */
import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { describeWithDatabase } from "@/testing/database";
import { describeAsRoot } from "@/testing/describe-as-root";
import { describeWithDocker } from "@/testing/docker";
import { expectOneCause } from "@/testing/expect-one-cause";
import { createPrivateDocker, type PrivateDocker, withoutNetwork } from "@/testing/private-docker";
import { createRealWorld, type RealWorld, serverFiles } from "@/testing/real-world";
import { mountSmallDisk, type SmallDisk } from "@/testing/small-disk";

/** Incompressible, so that it needs the room that it seems to need. */
const big = (mebibytes: number) => ({ content: randomBytes(mebibytes * 2 ** 20), mode: "100644" as const });
const full = { code: "disk_full", blame: "platform", message: "The server's disk is full." } as const;

describeWithDatabase("a deployment on a full disk says so", () => {
  describeAsRoot("of its own", () => {
    describeWithDocker("on real parts", () => {
      let directory: string;
      let disk: SmallDisk;
      let world: RealWorld;
      beforeAll(async () => {
        // Short, since a socket's path has 107 characters at most.
        directory = await mkdtemp("/tmp/hv-disk-");
        disk = await mountSmallDisk(directory, 64);
        world = await createRealWorld({ dataDir: disk.path });
      });
      afterAll(async () => {
        await world.tearDown();
        await disk.unmount();
        await rm(directory, { recursive: true, force: true });
      });

      it("while it fetches, and again when there is room", async () => {
        const service = await world.service({ ...serverFiles("one"), ballast: big(4) });
        await disk.fill();
        const first = await service.deploy();
        await world.run(world.worker());
        await expectOneCause(world, first, full);
        await disk.empty();
        const second = await service.deploy();
        await world.run(world.worker());
        expect(await world.status(second)).toBe("live");
        expect(await world.visit(service)).toBe("200 one");
        await world.docker.tearDown();
      });

      it("while it writes the files of the build", async () => {
        const service = await world.service({ ...serverFiles("two"), ballast: big(4) });
        const worker = world.worker();
        const { checkout } = worker.git;
        worker.git.checkout = async (...args) => {
          await disk.fill();
          return checkout(...args);
        };
        const id = await service.deploy();
        await world.run(worker);
        await disk.empty();
        await expectOneCause(world, id, full);
      });
    });
  });

  describeAsRoot("of its Engine", () => {
    let directory: string;
    let disk: SmallDisk;
    let engine: PrivateDocker;
    let world: RealWorld;
    beforeAll(async () => {
      directory = await mkdtemp("/tmp/hv-engine-");
      disk = await mountSmallDisk(directory, 96);
      engine = createPrivateDocker(directory, path.join(disk.path, "docker"), withoutNetwork);
      [world] = await Promise.all([createRealWorld(), engine.start()]);
    });
    afterAll(async () => {
      await engine.destroy();
      await world.tearDown();
      await disk.unmount();
      await rm(directory, { recursive: true, force: true });
    });

    it("while it builds", async () => {
      const service = await world.service({ Dockerfile: "FROM scratch\nCOPY ballast /\n", ballast: big(16) });
      const worker = world.worker({ DOCKER_HOST: engine.host });
      const { buildImage } = worker.engine;
      // Not before: builds on a disk that is nearly full are refused.
      worker.engine.buildImage = async (...args) => {
        await disk.fill();
        return buildImage(...args);
      };
      const id = await service.deploy();
      await world.run(worker);
      await expectOneCause(world, id, full);
    });
  });
});
