import { randomBytes } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { buffer } from "node:stream/consumers";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ImageInfo } from "@/server/ports";
import { createTestEngine, describeWithDocker, type TestEngine } from "@/testing/docker";
import { startRegistry, type TestRegistry } from "@/testing/registry";
import { busyboxRoot } from "./base/busybox-root";
import { packRoot } from "./base/pack-root";

const forever = new AbortController().signal;
const quiet = () => {};

describeWithDocker("pulling from a registry", () => {
  let bed: TestEngine;
  let registry: TestRegistry;
  let directory: string;
  /** Images of Docker Hub, as far as the Engine's user knows; the mirror has them. */
  let app: string;
  let base: string;

  beforeAll(async () => {
    const name = createTestEngine();
    const { entries } = await busyboxRoot("the image's own certificates\n");
    const image = { layer: await buffer(packRoot(entries)), labels: name.labels, command: ["sleep", "600"] };
    registry = await startRegistry({ [`${name.prefix}/app:1.2`]: image, [`${name.prefix}/base:latest`]: image });
    directory = await mkdtemp(path.join(tmpdir(), "pull-"));
    const extraCaCerts = path.join(directory, "extra.pem");
    await writeFile(extraCaCerts, "an authority of this network\n");
    bed = { ...name, engine: createTestEngine({ imageMirror: registry.host, extraCaCerts }).engine };
    app = `${bed.prefix}/app:1.2`;
    base = `${bed.prefix}/base`;
  });
  afterAll(async () => {
    await bed.tearDown();
    await registry.close();
    await rm(directory, { recursive: true, force: true });
  });

  test("through the mirror, under its own name, unchanged, and its layers once", async () => {
    const lines: string[] = [];
    const image = await bed.engine.pullImage(app, (line) => lines.push(line.text), forever);
    expect(image).toMatchObject({ reference: app, labels: expect.any(Object) });
    expect(Object.keys(image.labels).sort()).toEqual(["cloud.helvetia.instance", "cloud.helvetia.managed"]);
    expect(lines).toEqual([`Pulling ${app}`, expect.stringMatching(/^Pulled .* MB in [\d.]+ s$/)]);
    expect(await bed.engine.findImage(`${registry.host}/${app}`)).toBeNull();

    const asked = registry.requests.length;
    expect(await bed.engine.pullImage(app, quiet, forever)).toEqual(image);
    expect(registry.requests.slice(asked).filter((url) => url.includes("/blobs/"))).toEqual([]);
  });

  test("two at the same time are one pull", async () => {
    const before = registry.requests.length;
    const pulls = [1, 2].map(() => bed.engine.pullImage(base, quiet, forever));
    const [first, second] = (await Promise.all(pulls)) as [ImageInfo, ImageInfo]; // safe because there are two
    expect(second.id).toBe(first.id);
    const layers = registry.requests.slice(before).filter((url) => url.includes("/manifests/latest"));
    expect(layers.length).toBeLessThanOrEqual(2); // HEAD and GET of one pull
  });

  test("a base image is made to trust this network's authorities, and says so once", async () => {
    const lines: string[] = [];
    const build = (tag: string) =>
      bed.engine.buildImage(
        {
          contextDirectory: directory,
          files: [
            {
              path: "Dockerfile",
              content: `FROM ${base}\nRUN tail -n 1 /etc/ssl/certs/ca-certificates.crt; echo $NODE_EXTRA_CA_CERTS $SSL_CERT_FILE ${tag}\n`,
            },
          ],
          dockerfilePath: "Dockerfile",
          reference: `${bed.prefix}-${tag}:1`,
          labels: bed.labels,
          buildArgs: {},
          memoryMib: 512,
          cpuMillis: 1000,
        },
        (line) => lines.push(line.text),
        forever,
      );
    await build(`first-${Date.now()}`);
    expect(lines).toContain("an authority of this network");
    expect(lines).toContainEqual(
      expect.stringMatching(/^\/etc\/ssl\/certs\/ca-certificates.crt \/etc\/ssl\/certs\/ca-certificates.crt first/),
    );
    const said = () => lines.filter((line) => line.includes("trusts this server's certificate authorities"));
    expect(said()).toHaveLength(1);
    await build("second");
    expect(said()).toHaveLength(1);
    expect((await bed.engine.findImage(base))?.labels).toMatchObject(bed.labels);
  });

  test("the altered base image still runs what it ran", async () => {
    await bed.engine.ensureNetwork({ ...bed.network, name: `${bed.prefix}-net` });
    const state = await bed.engine.ensureContainer({
      name: `${bed.prefix}-runs`,
      image: base,
      env: {},
      labels: bed.labels,
      network: `${bed.prefix}-net`,
      networkAliases: [],
      command: null,
      port: 3000,
      memoryMib: 64,
      cpuMillis: 500,
      pidsLimit: 32,
      readOnlyRoot: false,
      healthcheck: null,
      stopGraceSeconds: 1,
    });
    expect(state).toMatchObject({ status: "running", restartCount: 0 });
    await bed.engine.removeContainer(state.name);
  });

  test("what the registry does not know is image_not_found", async () => {
    await expect(bed.engine.pullImage(`${bed.prefix}/none:1`, quiet, forever)).rejects.toMatchObject({
      code: "image_not_found",
    });
  });

  test("a registry that is not there is base_image_unavailable, soon", async () => {
    const gone = await startRegistry({});
    await gone.close();
    const startedAt = performance.now();
    await expect(bed.engine.pullImage(`${gone.host}/x/y:1`, quiet, forever)).rejects.toMatchObject({
      code: "base_image_unavailable",
      message: expect.stringContaining("connection refused"),
    });
    expect(performance.now() - startedAt).toBeLessThan(3000);
  });

  test("a registry that wants credentials is image_access_denied", async () => {
    const closed = await startRegistry({});
    closed.deny();
    await expect(bed.engine.pullImage(`${closed.host}/x/y:1`, quiet, forever)).rejects.toMatchObject({
      code: "image_access_denied",
      blame: "input",
      details: { reference: `${closed.host}/x/y:1` },
    });
    await closed.close();
  });

  test("a pull in which nothing arrives any more is ended", async () => {
    const layer = randomBytes(64 * 1024);
    const slow = await startRegistry({ "x/y:1": { layer, labels: {}, command: ["true"] } });
    slow.stall();
    const { engine } = createTestEngine({ pullStallMs: 1_000 });
    await expect(engine.pullImage(`${slow.host}/x/y:1`, quiet, forever)).rejects.toMatchObject({
      code: "base_image_unavailable",
      message: expect.stringContaining("nothing arrived for 1 seconds (PULL_STALL_SECONDS)"),
    });
    expect(slow.requests.some((url) => url.includes("/blobs/"))).toBe(true);
    await slow.close();
  });

  test("an abort ends the wait for a registry that does not answer", async () => {
    registry.hang();
    const reason = new Error("no longer wanted");
    const abort = new AbortController();
    const pulling = bed.engine.pullImage(`${bed.prefix}/late:1`, quiet, abort.signal);
    setTimeout(() => abort.abort(reason), 200);
    await expect(pulling).rejects.toBe(reason);
  });
});
