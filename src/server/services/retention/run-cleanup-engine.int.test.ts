/** A cleanup on a real Engine: what is ours goes by the rule, and nothing else is touched. */
import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import Dockerode from "dockerode";
import { eq, sql } from "drizzle-orm";
import { pack } from "tar-stream";
import { afterAll, beforeAll, expect, it } from "vitest";
import { cleanupItems, cleanups, deployments } from "@/server/db/schema";
import { rollbackDeployment } from "@/server/services/deployment/rollback-deployment";
import { deleteService } from "@/server/services/service/delete-service";
import { describeWithDatabase } from "@/testing/database";
import { describeWithDocker } from "@/testing/docker";
import { createRealWorld, type RealService, type RealWorld, serverFiles } from "@/testing/real-world";
import { requestCleanup } from "./request-cleanup";

/** The archive of an image of long ago, without a name: what `docker load` takes. */
async function oldImage(content: string): Promise<Buffer> {
  const layer = await archiveOf({ content });
  const created = "2001-01-01T00:00:00Z";
  const diffId = `sha256:${createHash("sha256").update(layer).digest("hex")}`;
  const config = { architecture: "amd64", os: "linux", created, config: {}, history: [{ created }] };
  return archiveOf({
    "config.json": JSON.stringify({ ...config, rootfs: { type: "layers", diff_ids: [diffId] } }),
    "layer.tar": layer,
    "manifest.json": JSON.stringify([{ Config: "config.json", RepoTags: null, Layers: ["layer.tar"] }]),
  });
}

function archiveOf(files: Record<string, string | Buffer>): Promise<Buffer> {
  const archive = pack();
  for (const [name, content] of Object.entries(files)) archive.entry({ name }, content);
  archive.finalize();
  return buffer(Readable.from(archive));
}

describeWithDatabase("a cleanup", () => {
  describeWithDocker("on a real Engine", () => {
    let world: RealWorld;
    let service: RealService;
    const client = new Dockerode();
    const foreign: string[] = [];
    beforeAll(async () => {
      world = await createRealWorld({
        settings: {
          IMAGES_KEPT_PER_SERVICE: "2",
          WARM_WINDOW_SECONDS: "0",
          // The cache of this machine's Engine is not the test's to prune.
          BUILD_CACHE_MAX_GB: "10000",
        },
      });
      service = await world.service(serverFiles("1"));
    });
    afterAll(async () => {
      for (const reference of foreign)
        await client
          .getImage(reference)
          .remove({ force: true })
          .catch(() => undefined);
      await world?.tearDown();
    });

    async function deploy(version: string): Promise<string> {
      await service.repository.commit(serverFiles(version));
      const id = await service.deploy();
      await world.run(world.worker());
      expect(await world.status(id)).toBe("live");
      return id;
    }
    async function loadOldImage(content: string): Promise<string> {
      const stream = await client.loadImage(Readable.from([await oldImage(content)]), { quiet: true });
      let said = "";
      for await (const chunk of stream) said += chunk;
      const id = /sha256:[0-9a-f]{64}/.exec(said)?.[0];
      if (id === undefined) throw new Error(said);
      foreign.push(id);
      return id;
    }
    const exists = async (reference: string) => (await world.docker.engine.findImage(reference)) !== null;

    it("removes what nobody goes back to; foreign images stay, dangling and derived ones too", async () => {
      const [first, second] = [await deploy("1"), await deploy("2")];
      await deploy("3");
      const built = (await world.db.select().from(deployments).where(eq(deployments.serviceId, service.id))).sort(
        (a, b) => a.number - b.number,
      );
      const dangling = await loadOldImage(world.docker.prefix);
      // What somebody makes of a container of ours inherits its labels, and is theirs.
      const [container = ""] = await world.containers();
      const derived = `${world.docker.prefix}-derived:1`;
      const [repo, tag] = derived.split(":");
      await client.getContainer(container).commit({ repo, tag });
      foreign.push(derived);
      const age = sql`interval '30 days'`;
      await world.db.update(deployments).set({
        createdAt: sql`created_at - ${age}`,
        finishedAt: sql`finished_at - ${age}`,
        retiredAt: sql`retired_at - ${age}`,
      });

      const { id } = await world.db.transaction((tx) =>
        requestCleanup(tx, world.web, { mode: "clean", trigger: "disk" }),
      );
      await world.run(world.worker());
      const [report] = await world.db.select().from(cleanups).where(eq(cleanups.id, id));
      const items = await world.db.select().from(cleanupItems).where(eq(cleanupItems.cleanupId, id));
      expect(items).toMatchObject([
        { kind: "image", deploymentNumber: 1, outcome: "removed", name: built[0]?.imageReference },
      ]);
      expect(report).toMatchObject({ status: "done", error: null, freedBytes: items[0]?.freesBytes });
      expect(await Promise.all(built.map((row) => exists(row.imageReference ?? "")))).toEqual([false, true, true]);
      expect(await exists(dangling)).toBe(true);
      expect(await exists(derived)).toBe(true);
      expect(await world.visit(service)).toBe("200 3");

      await expect(rollbackDeployment(world.web, first)).rejects.toMatchObject({ code: "image_gone" });
      const back = await rollbackDeployment(world.web, second);
      await world.run(world.worker());
      expect(await world.status(back.id)).toBe("live");
      expect(await world.visit(service)).toBe("200 2");

      await deleteService(world.web, { serviceId: service.id, confirmation: service.name });
      await world.run(world.worker());
      expect(await Promise.all(built.map((row) => exists(row.imageReference ?? "")))).toEqual([false, false, false]);
      expect(await exists(dangling)).toBe(true);
      expect(await exists(derived)).toBe(true);
    });
  });
});
