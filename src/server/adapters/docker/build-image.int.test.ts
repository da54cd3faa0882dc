// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are variables of Dockerfiles
import { createHash, randomBytes } from "node:crypto";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import type { BuildRequest, LogLine } from "@/server/ports";
import { createTestEngine, describeWithDocker, type TestEngine } from "@/testing/docker";

const forever = new AbortController().signal;

describeWithDocker("buildImage on a real Engine", () => {
  let bed: TestEngine;
  let root: string;
  let lines: LogLine[];
  let count = 0;

  beforeAll(() => {
    bed = createTestEngine();
  });
  afterAll(() => bed.tearDown());
  beforeEach(async () => {
    root = await mkdtemp(path.join(tmpdir(), "build-"));
    lines = [];
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  const request = (dockerfile: string, change: Partial<BuildRequest> = {}): BuildRequest => {
    count += 1;
    return {
      contextDirectory: root,
      files: [{ path: "Dockerfile", content: dockerfile }],
      dockerfilePath: "Dockerfile",
      reference: `${bed.prefix}-${count}:1`,
      labels: bed.labels,
      buildArgs: {},
      memoryMib: 512,
      cpuMillis: 2000,
      ...change,
    };
  };
  const build = (asked: BuildRequest, signal = forever) =>
    bed.engine.buildImage(asked, (line) => lines.push(line), signal);
  const texts = () => lines.map((line) => line.text);
  /** Defeats the cache for what must really run. */
  const fresh = () => `RUN : ${Math.random()}\n`;

  test("the log has a header a step, both streams in order, colours, and a last line without an end", async () => {
    await build(
      request(
        `FROM busybox:1.36\n${fresh()}RUN printf '\\033[31mred\\033[0m\\n'; sleep 0.2; echo oops >&2; sleep 0.2; printf '€ no end'\n`,
      ),
    );
    const from = lines.findIndex((line) => line.text.includes("RUN printf"));
    // A line without an end is known as whole when its step is over; the header of the next may come in between.
    const ofStep = lines.slice(from).filter(({ text }) => !text.includes("exporting to image"));
    expect(ofStep.slice(0, 4).map(({ stream, text }) => [stream, text])).toEqual([
      ["system", expect.stringMatching(/^\[3\/3\] RUN printf/)],
      ["stdout", "\u001b[31mred\u001b[0m"],
      ["stderr", "oops"],
      ["stdout", "€ no end"],
    ]);
    expect(texts().filter((text) => text.includes("[internal]"))).toEqual([]);
  });

  test("unchanged steps come from the cache and say so", async () => {
    const dockerfile = `FROM busybox:1.36\n${fresh()}COPY a.txt /\nRUN echo ran\n`;
    await writeFile(path.join(root, "a.txt"), "a");
    await build(request(dockerfile));
    lines = [];
    await writeFile(path.join(root, "a.txt"), "a"); // The same content at a later date.
    await build(request(dockerfile));
    expect(texts()).toContain("[4/4] RUN echo ran (cached)");
    expect(texts()).not.toContain("ran");
  });

  test("the context: ignore files, laid-over files, links kept as links, build arguments", async () => {
    await mkdir(path.join(root, "app"));
    await writeFile(path.join(root, ".dockerignore"), "kept.txt\n");
    await writeFile(path.join(root, "app/Dockerfile.dockerignore"), "secret.txt\n");
    for (const name of ["secret.txt", "kept.txt", "theirs.txt"]) await writeFile(path.join(root, name), "theirs");
    await symlink("/etc/hostname", path.join(root, "outside"));
    await writeFile(
      path.join(root, "app/Dockerfile"),
      `FROM busybox:1.36\n${fresh()}ARG GREETING\nCOPY . /src\nRUN cd /src && echo $GREETING; ls -1; cat theirs.txt; readlink outside\n`,
    );
    const files = [{ path: "theirs.txt", content: "ours\n" }];
    await build(request("", { files, dockerfilePath: "app/Dockerfile", buildArgs: { GREETING: "good morning" } }));
    expect(lines.filter((line) => line.stream === "stdout").map((line) => line.text)).toEqual([
      "good morning",
      "app",
      "kept.txt",
      "outside",
      "theirs.txt",
      "ours",
      "/etc/hostname",
    ]);
  });

  test("a large context arrives whole", async () => {
    const content = randomBytes(40 * 2 ** 20);
    await writeFile(path.join(root, "large.bin"), content);
    await build(request("FROM busybox:1.36\nCOPY large.bin /\nRUN sha256sum /large.bin\n"));
    expect(texts()).toContain(`${createHash("sha256").update(content).digest("hex")}  /large.bin`);
  });

  test("an own Dockerfile reader that cannot be pulled is done without", async () => {
    await build(
      request(`# syntax=registry.invalid/docker/dockerfile:1\nFROM busybox:1.36\n${fresh()}RUN echo read-anyway\n`),
    );
    expect(texts()).toContainEqual(expect.stringContaining("its syntax line is left out"));
    expect(texts()).toContain("[3/3] RUN echo read-anyway");
  });

  test("an image that only an unused stage needs does not matter", async () => {
    await build(request("FROM registry.invalid/no:1 AS unused\nRUN true\nFROM busybox:1.36\nRUN true\n"));
  });

  test("a build that takes more memory than it may is killed and told so", async () => {
    const eats = request(`FROM busybox:1.36\n${fresh()}RUN x=aaaaaaaaaaaaaaaa; while true; do x=$x$x; done\n`, {
      memoryMib: 1024,
    });
    await expect(build(eats)).rejects.toMatchObject({
      code: "build_out_of_memory",
      details: { exitCode: 137, memoryMib: 1024 },
    });
  });

  test("a build that asks for more CPU than it may have is made to wait for it", async () => {
    const loop = "i=0; while [ $i -lt 400000 ]; do i=$((i+1)); done";
    const told = "cat /sys/fs/cgroup/cpu/cpu.stat /sys/fs/cgroup/cpu.stat 2>/dev/null | grep nr_throttled";
    const asked = request(`FROM busybox:1.36\n${fresh()}RUN sleep 1; ${loop}; ${told}\n`, { cpuMillis: 200 });
    await build(asked);
    // The kernel's own count of periods cut short. On a busy machine they are few, but without a limit there are none.
    const [, throttled = "0"] = /nr_throttled (\d+)/.exec(texts().join("\n")) ?? [];
    expect(Number(throttled)).toBeGreaterThan(0);
  });

  test("an abort stops what the build was doing, not only the waiting for it", async () => {
    let beats = 0;
    const heart = createServer((_request, response) => {
      beats += 1;
      response.end();
    });
    await new Promise<void>((resolve) => heart.listen(0, "0.0.0.0", resolve));
    const address = heart.address();
    const port = address && typeof address === "object" ? address.port : 0;
    const abort = new AbortController();
    const beat = `while true; do wget -q -O /dev/null http://$(ip route | awk '/default/ {print $3}'):${port}/; sleep 0.1; done`;
    const building = build(request(`FROM busybox:1.36\n${fresh()}RUN ${beat}\n`), abort.signal);
    const ended = expect(building).rejects.toThrow("enough");
    while (beats < 3) await pause(50);
    abort.abort(new Error("enough"));
    await ended;
    await pause(1000);
    const after = beats;
    await pause(1000);
    expect(beats).toBe(after);
    heart.close();
  });

  test("a user's Dockerfile on an official Node.js image builds without a registry, or with it", async () => {
    const dockerfile =
      "ARG VERSION=24\nFROM node:${VERSION}-alpine AS build\nWORKDIR /app\nCOPY package.json ./\nRUN npm install --no-audit --no-fund\n" +
      `FROM node:22-slim\n${fresh()}WORKDIR /app\nCOPY --from=build /app /app\nUSER node\nRUN id -un && node -p "'odd: ' + require('is-odd')(3)"\n`;
    await writeFile(path.join(root, "package.json"), JSON.stringify({ dependencies: { "is-odd": "3.0.1" } }));
    await build(request(dockerfile));
    expect(texts()).toEqual(expect.arrayContaining(["node", "odd: true"]));
  });
});
