import { beforeAll, describe, expect, test } from "vitest";
import type { LogLine } from "@/server/ports";
import { type EngineBed, forever } from "./engine-bed";

/** The Engine contract on images and builds. */
export function imageContract(getBed: () => EngineBed): void {
  let bed: EngineBed;
  beforeAll(() => {
    bed = getBed();
  });

  describe("images", () => {
    test("an image that is there is found, by name and by id", async () => {
      const image = await bed.engine.findImage(bed.subject.image);
      expect(image).toMatchObject({ reference: bed.subject.image, sizeBytes: expect.any(Number) });
      expect((await bed.engine.findImage(image?.id ?? ""))?.id).toBe(image?.id);
    });

    test("where no registry has an image that is there, that is the one, and people are told", async () => {
      const { reference, id } = await bed.engine.buildImage(bed.request("works"), () => {}, forever());
      const lines: string[] = [];
      const pulled = await bed.engine.pullImage(reference, (line) => lines.push(line.text), forever());
      expect(pulled).toMatchObject({ reference, id, digest: null });
      expect(lines).toContainEqual(expect.stringMatching(/on this server is used/));
      await bed.engine.removeImage(reference);
    });

    test("an unknown image is null where it is looked for and an error where it is needed", async () => {
      expect(await bed.engine.findImage(bed.subject.unknownImage)).toBeNull();
      await expect(bed.engine.pullImage(bed.subject.unknownImage, () => {}, forever())).rejects.toMatchObject({
        code: expect.stringMatching(/^(image_not_found|base_image_unavailable)$/),
      });
    });

    test("removing an image twice succeeds, removing one that a container uses does not", async () => {
      const built = await bed.engine.buildImage(bed.request("works"), () => {}, forever());
      await bed.engine.removeImage(built.reference);
      await bed.engine.removeImage(built.reference);
      expect(await bed.engine.findImage(built.reference)).toBeNull();

      const used = await bed.engine.buildImage(bed.request("works"), () => {}, forever());
      const container = { ...bed.spec("runs"), image: used.reference };
      await bed.engine.ensureContainer(container);
      await expect(bed.engine.removeImage(used.reference)).rejects.toMatchObject({ code: "engine_refused" });
      await bed.engine.removeContainer(container.name);
      await bed.engine.removeImage(used.reference);
    });
  });

  describe("builds", () => {
    test("a build gives the tagged, labelled image with its ports, and its output", async () => {
      const lines: LogLine[] = [];
      const works = bed.request("works");
      const { steps, ...image } = await bed.engine.buildImage(works, (line) => lines.push(line), forever());
      expect(steps.total).toBe(1);
      expect(image).toMatchObject({ reference: works.reference, labels: bed.labels, exposedPorts: [4000] });
      expect(await bed.engine.findImage(works.reference)).toEqual(image);
      expect((await bed.engine.listImages(bed.labels)).map((one) => one.reference)).toContain(works.reference);
      expect(lines.map((line) => line.text)).toContainEqual(expect.stringContaining("it-works"));
    });

    test("a build of what was built already says that its steps came from the cache", async () => {
      await bed.engine.buildImage(bed.request("works"), () => {}, forever());
      const again = await bed.engine.buildImage(bed.request("works"), () => {}, forever());
      expect(again.steps).toEqual({ total: 1, cached: 1 });
    });

    test("a failing command is build_failed with its exit code, after its output", async () => {
      const lines: string[] = [];
      const fails = bed.request("fails");
      await expect(bed.engine.buildImage(fails, (line) => lines.push(line.text), forever())).rejects.toMatchObject({
        code: "build_failed",
        details: { exitCode: 7, command: expect.stringContaining("exit 7") },
      });
      expect(lines).toContainEqual(expect.stringContaining("before-failing"));
      expect(await bed.engine.findImage(fails.reference)).toBeNull();
    });

    test("an abort ends this build with the signal's reason, and no other", async () => {
      const abort = new AbortController();
      const reason = new Error("cancelled by the test");
      const hanging = bed.engine.buildImage(
        bed.request("hangs"),
        (line) => line.text.includes("begun") && abort.abort(reason),
        abort.signal,
      );
      const other = bed.engine.buildImage(bed.request("works"), () => {}, forever());
      await expect(hanging).rejects.toBe(reason);
      await expect(other).resolves.toMatchObject({ exposedPorts: [4000] });
    });

    test("a missing Dockerfile and a base image that cannot be had are told apart", async () => {
      await expect(bed.engine.buildImage(bed.request("hasNoDockerfile"), () => {}, forever())).rejects.toMatchObject({
        code: "dockerfile_not_found",
      });
      await expect(bed.engine.buildImage(bed.request("needsUnknownImage"), () => {}, forever())).rejects.toMatchObject({
        code: "base_image_unavailable",
      });
    });
  });
}
