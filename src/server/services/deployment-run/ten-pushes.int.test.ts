/** Ten pushes in a row, on real Git and a real Engine: the one under way and the newest are built, and no other. */
import { afterAll, beforeAll, expect, it } from "vitest";
import type { WorkerContext } from "@/server/context";
import { getDeployment } from "@/server/services/deployment/get-deployment";
import { describeWithDatabase } from "@/testing/database";
import { describeWithDocker } from "@/testing/docker";
import { createRealWorld, type RealWorld, serverFiles } from "@/testing/real-world";

describeWithDatabase("ten pushes in a row", () => {
  describeWithDocker("on real parts", () => {
    let world: RealWorld;
    beforeAll(async () => {
      world = await createRealWorld();
    });
    afterAll(() => world.tearDown());

    /** Holds the first build up until it is let go, and counts them. */
    function holdFirstBuild(worker: WorkerContext) {
      const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
      const { promise: allowed, resolve: allow } = Promise.withResolvers<void>();
      const build = worker.engine.buildImage;
      const builds: string[] = [];
      worker.engine.buildImage = async (request, onLine, signal) => {
        builds.push(request.reference);
        begin();
        await allowed;
        return build(request, onLine, signal);
      };
      return { begun, allow, builds };
    }

    it("make two builds; the others say which one took their place", async () => {
      const service = await world.service(serverFiles("push 1"));
      const worker = world.worker();
      const { begun, allow, builds } = holdFirstBuild(worker);
      const ids = [await service.deploy()];
      const running = world.run(worker);
      await begun;
      for (let push = 2; push <= 10; push += 1) {
        await service.repository.commit({ version: `push ${push}` });
        ids.push(await service.deploy());
      }
      allow();
      await running;
      const views = await Promise.all(ids.map((id) => getDeployment(world.web, id)));
      expect(views.map((view) => view.status)).toEqual(["retired", ...Array(8).fill("superseded"), "live"]);
      const [first, ...others] = views;
      const newest = { id: ids[9], number: 10 };
      expect(others.slice(0, -1).map((view) => view.supersededBy)).toEqual(Array(8).fill(newest));
      expect(builds).toHaveLength(2);
      const images = await world.docker.engine.listImages(world.docker.labels);
      expect(images.map((image) => image.reference).sort()).toEqual([...builds].sort());
      expect(first?.number).toBe(1);
      expect(await world.visit(service)).toBe("200 push 10");
    });
  });
});
