/** The build cache of an Engine of the test's own: what is pruned is everybody's, so never that of the machine. */
import { randomBytes } from "node:crypto";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { describeAsRoot } from "@/testing/describe-as-root";
import { createPrivateDocker, type PrivateDocker, withoutNetwork } from "@/testing/private-docker";

const mib = 2 ** 20;

describeAsRoot("the build cache", () => {
  let directory: string;
  let docker: PrivateDocker;
  beforeAll(async () => {
    directory = await mkdtemp(path.join(tmpdir(), "cache-"));
    docker = createPrivateDocker(directory, path.join(directory, "docker"), withoutNetwork);
    await docker.start();
  });
  afterAll(async () => {
    await docker?.destroy();
    await rm(directory, { recursive: true, force: true });
  });

  async function build(name: string): Promise<void> {
    const contextDirectory = path.join(directory, name);
    await mkdir(contextDirectory);
    await writeFile(path.join(contextDirectory, "ballast"), randomBytes(8 * mib));
    const files = [{ path: "Dockerfile", content: "FROM scratch\nCOPY ballast /\n" }];
    await docker.engine.buildImage(
      {
        ...{ contextDirectory, files, dockerfilePath: "Dockerfile", reference: `${name}:1`, labels: {}, buildArgs: {} },
        ...{ memoryMib: 512, cpuMillis: 1000 },
      },
      () => {},
      new AbortController().signal,
    );
  }
  const cacheBytes = async () => (await docker.engine.usage()).buildCache;

  it("keeps what an image shares, and goes down to the size that it may have, oldest first", async () => {
    for (const name of ["one", "two", "three"]) await build(name);
    const images = await docker.engine.usage();
    const one = await docker.engine.findImage("one:1");
    expect(images.imageOwnBytes.get(one?.id ?? "")).toBeGreaterThanOrEqual(8 * mib);
    // What the builds read stays as long as the images that share their layers.
    await docker.engine.pruneBuildCache(0);
    const withImages = (await cacheBytes()).totalBytes;
    for (const name of ["one", "two", "three"]) await docker.engine.removeImage(`${name}:1`);
    const { totalBytes, unusedBytes } = await cacheBytes();
    expect(totalBytes).toBeGreaterThanOrEqual(withImages + 24 * mib);
    expect(unusedBytes).toBe(totalBytes);
    expect(await docker.engine.pruneBuildCache(totalBytes + 1)).toBe(0);
    const freed = await docker.engine.pruneBuildCache(20 * mib);
    expect(freed).toBeGreaterThanOrEqual(8 * mib);
    const left = (await cacheBytes()).totalBytes;
    expect(left).toBeLessThanOrEqual(20 * mib);
    expect(left).toBeGreaterThanOrEqual(8 * mib);
    await docker.engine.pruneBuildCache(0);
    expect((await cacheBytes()).unusedBytes).toBeLessThan(mib);
  });
});
