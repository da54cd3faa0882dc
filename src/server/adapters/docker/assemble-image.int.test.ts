import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { label } from "@/domain/naming";
import type { Engine } from "@/server/ports";
import { createTestEngine, describeWithDocker, type TestEngine } from "@/testing/docker";
import { startRegistry } from "@/testing/registry";

const forever = new AbortController().signal;
const run = promisify(execFile);

describeWithDocker("a network without a registry", () => {
  let bed: TestEngine;
  let other: Engine;
  let directory: string;
  let node: string;
  let changedRoot = "";
  const lines: string[] = [];

  beforeAll(async () => {
    directory = await mkdtemp(path.join(tmpdir(), "assemble-"));
    const extraCaCerts = path.join(directory, "extra.pem");
    await writeFile(extraCaCerts, "an authority of this network\n");
    const closed = await startRegistry({});
    await closed.close();
    bed = createTestEngine({ imageMirror: closed.host });
    other = createTestEngine({ imageMirror: closed.host, extraCaCerts }).engine;
    node = `node:${bed.prefix}`;
    await bed.engine.pullImage(node, (line) => lines.push(line.text), forever);
  });
  afterAll(async () => {
    await bed.engine.removeImage(node);
    await bed.engine.removeImage(`busybox:${bed.prefix}`);
    await bed.engine.removeImage(changedRoot);
    await bed.tearDown();
    await rm(directory, { recursive: true, force: true });
  });

  const inImage = async (image: string, ...command: string[]) =>
    (await run("docker", ["run", "--rm", "--network", "none", image, ...command])).stdout.trim();

  test("has an assembled Node.js image, and says what is in it", async () => {
    expect(lines.at(-1)).toMatch(
      /connection refused\. Assembled node:\S+ on this server instead\. It holds Node\.js v24\./,
    );
    expect(await inImage(node, "node", "--version")).toBe(process.version);
    expect(await inImage(node, "-p", "1 + 1")).toBe("2");
    expect(await inImage(node, "npm", "--version")).toMatch(/^\d+\./);
    expect(await inImage(node, "npx", "--version")).toMatch(/^\d+\./);
    expect(
      await inImage(node, "sh", "-c", "id -u node; stat -c %a /tmp; stat -c %U /home/node; echo $NODE_EXTRA_CA_CERTS"),
    ).toBe("1000\n1777\nnode\n/etc/ssl/certs/ca-certificates.crt");
    expect(await inImage(node, "node", "-e", "require('dns').lookup('localhost', (e, a) => console.log(a))")).toBe(
      "127.0.0.1",
    );
  });

  test("keeps it until its parts change", async () => {
    const first = await bed.engine.findImage(node);
    const again = await bed.engine.pullImage(node, () => {}, forever);
    expect(again.id).toBe(first?.id);
    const changed = await other.pullImage(node, () => {}, forever);
    changedRoot = `helvetia/assembled-node:${changed.labels[label.assembled]}`;
    expect(changed.labels[label.assembled]).not.toBe(first?.labels[label.assembled]);
    expect(await inImage(node, "tail", "-n", "1", "/etc/ssl/certs/ca-certificates.crt")).toBe(
      "an authority of this network",
    );
  });

  test("has BusyBox, and has not what only a registry has", async () => {
    await bed.engine.pullImage(`busybox:${bed.prefix}`, () => {}, forever);
    expect(await inImage(`busybox:${bed.prefix}`, "echo", "hello")).toBe("hello");
    await expect(bed.engine.pullImage(`python:${bed.prefix}`, () => {}, forever)).rejects.toMatchObject({
      code: "base_image_unavailable",
      message: expect.stringContaining("python"),
    });
  });
});
