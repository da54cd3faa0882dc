/** Plans, builds and runs each sample on a real Engine, with packages from the npm registry. */
import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { generatedDockerfilePath } from "@/domain/plan/generated-dockerfile-path";
import type { BuildPlan, BuildSettings } from "@/domain/plan/types";
import { createTestEngine, describeWithDocker, type TestEngine } from "@/testing/docker";
import { createPlanner } from "./create-planner";

const samples = path.resolve(import.meta.dirname, "../../../../e2e/samples");
const automatic: BuildSettings = {
  builder: "auto",
  dockerfilePath: null,
  installCommand: null,
  buildCommand: null,
  startCommand: null,
  outputDirectory: null,
};
const forever = () => new AbortController().signal;

describeWithDocker("planned builds", () => {
  let bed: TestEngine;
  let work: string;
  let count = 0;
  beforeAll(async () => {
    bed = createTestEngine();
    work = await mkdtemp(path.join(tmpdir(), "helvetia-planner-"));
    await bed.engine.ensureNetwork({ ...bed.network, name: `${bed.prefix}net` });
  });
  afterAll(async () => {
    await bed.tearDown();
    await rm(work, { recursive: true, force: true });
  });

  /** Builds and runs a directory; `ask` gives status, headers and text of a path. */
  const run = async (
    directory: string,
    settings: Partial<BuildSettings> = {},
    variables: Record<string, string> = {},
  ) => {
    const { engine, prefix, labels } = bed;
    const name = `${prefix}${count++}`;
    const planned = await createPlanner().plan(directory, { ...automatic, ...settings }, Object.keys(variables));
    const output: string[] = [];
    const image = await engine.buildImage(
      {
        contextDirectory: directory,
        files: planned.files,
        dockerfilePath: planned.plan.dockerfilePath ?? generatedDockerfilePath,
        reference: `${name}:test`,
        labels,
        buildArgs: variables,
        memoryMib: 2048,
        cpuMillis: 2000,
      },
      (line) => output.push(line.text),
      forever(),
    );
    const { port } = planned.plan;
    const started = await engine.ensureContainer({
      name,
      image: image.id,
      env: { PORT: String(port) },
      labels,
      network: `${prefix}net`,
      networkAliases: [],
      command: null,
      port,
      memoryMib: 256,
      cpuMillis: 1000,
      pidsLimit: 128,
      readOnlyRoot: false,
      healthcheck: null,
      stopGraceSeconds: 5,
    });
    const { host, port: at } = started.endpoint ?? { host: "", port: 0 };
    const ask = (target: string, init: RequestInit = {}) => fetch(`http://${host}:${at}${target}`, init);
    await answers(ask);
    return { plan: planned.plan, output, ask, name };
  };
  const answers = async (ask: (target: string) => Promise<Response>) => {
    for (let attempt = 0; attempt < 100; attempt++) {
      if (await ask("/").catch(() => null)) return;
      await sleep(100);
    }
    throw new Error("it never answered");
  };
  /** Stopping within the grace shows that the program itself is process 1 and got the signal. */
  const stopsAtOnce = async (name: string) => {
    const before = performance.now();
    await bed.engine.stopContainer(name, 20);
    expect(performance.now() - before).toBeLessThan(10_000);
    expect((await bed.engine.findContainer(name))?.exitCode).toBe(0);
  };
  const brief = (plan: BuildPlan) => [plan.label, plan.packageManager, plan.installCommand, plan.buildCommand];

  test("a Node.js server without dependencies", async () => {
    const { plan, ask, name } = await run(path.join(samples, "hello"));
    expect(brief(plan)).toEqual(["Node.js", "npm", null, null]);
    expect(await (await ask("/health")).json()).toEqual({ status: "ok" });
    await stopsAtOnce(name);
  });

  test("plain files: pages, no way out, its own 404, no dot files", async () => {
    const directory = path.join(work, "static-site");
    await cp(path.join(samples, "static-site"), directory, { recursive: true });
    await writeFile(path.join(directory, ".env"), "SECRET=1");
    const { plan, ask, name } = await run(directory);
    expect(plan.label).toBe("Static site");
    const page = await ask("/");
    expect(page.headers.get("cache-control")).toBe("no-cache");
    expect(await page.text()).toContain("Plain files");
    expect(await (await ask("/about/")).text()).toContain("About");
    expect((await ask("/", { headers: { "if-none-match": page.headers.get("etag") ?? "" } })).status).toBe(304);
    for (const hidden of ["/absent", "/.env", "/.helvetia/Dockerfile", "/..%2f..%2fetc/passwd", "/%2e%2e/etc/passwd"]) {
      const answer = await ask(hidden);
      expect([hidden, answer.status]).toEqual([hidden, 404]);
      expect(await answer.text()).toContain("Not here.");
    }
    expect((await ask("/", { method: "POST" })).status).toBe(405);
    await stopsAtOnce(name);
  });

  test("a single page application by Vite, with a variable of the build", async () => {
    const { plan, ask } = await run(path.join(samples, "vite-spa"), {}, { VITE_GREETING: "Grüezi $HOME" });
    expect(brief(plan)).toEqual(["Vite", "npm", "npm ci", "npm run build"]);
    const page = await (await ask("/about")).text();
    const script = /src="(\/assets\/[^"]+)"/.exec(page)?.[1] ?? "";
    const answer = await ask(script);
    expect(answer.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
    expect(await answer.text()).toContain("Grüezi $HOME");
    expect((await ask("/assets/absent.js")).status).toBe(404);
  });

  test("Express by npm ci, and again with one changed file: nothing is installed", async () => {
    const directory = path.join(work, "express");
    await cp(path.join(samples, "express"), directory, { recursive: true });
    const { plan, ask, name } = await run(directory);
    expect(brief(plan)).toEqual(["Express", "npm", "npm ci", null]);
    expect(await (await ask("/")).json()).toMatchObject({ hello: "from Express" });
    await stopsAtOnce(name);
    await writeFile(path.join(directory, "note.txt"), "changed");
    const { output } = await run(directory);
    expect(output.filter((line) => /npm ci/.test(line))).toEqual([expect.stringContaining("(cached)")]);
  });

  test("Fastify by pnpm, without development packages", async () => {
    const { plan, ask } = await run(path.join(samples, "fastify"));
    expect(brief(plan)).toEqual(["Fastify", "pnpm", "pnpm install --frozen-lockfile --prod", null]);
    expect(await (await ask("/health")).json()).toEqual({ status: "ok" });
  });

  test("a Dockerfile of its own", async () => {
    const { plan, ask } = await run(path.join(samples, "dockerfile"));
    expect([plan.kind, plan.port]).toEqual(["dockerfile", 4000]);
    expect(await (await ask("/")).text()).toContain("Hello from a Dockerfile");
  });

  test("runs as uid 1000, may write where it is, and keeps no development packages it does not start with", async () => {
    const directory = path.join(work, "who");
    await cp(path.join(samples, "fastify"), directory, { recursive: true });
    await writeFile(
      path.join(directory, "server.js"),
      `import { writeFileSync, existsSync } from "node:fs";
       import Fastify from "fastify";
       const app = Fastify();
       writeFileSync("written", "yes");
       app.get("/", async () => ({ uid: process.getuid(), development: existsSync("node_modules/pino-pretty"), env: process.env.NODE_ENV }));
       await app.listen({ port: Number(process.env.PORT), host: "0.0.0.0" });`,
    );
    await writeFile(
      path.join(directory, "build.js"),
      "import('pino-pretty').then(() => console.log('built with it'));",
    );
    // Or an earlier run's build would be found in the Engine's cache, and say nothing.
    await writeFile(path.join(directory, "nonce"), bed.prefix);
    const { ask, output } = await run(directory, { buildCommand: "node build.js" });
    expect(output).toContain("built with it");
    expect(await (await ask("/")).json()).toEqual({ uid: 1000, development: false, env: "production" });
  });

  test("a cache mount is one service's own: another's builds see nothing in it", async () => {
    const directory = path.join(work, "cache");
    await cp(path.join(samples, "dockerfile"), directory, { recursive: true });
    const dockerfile = (word: string) =>
      `FROM node:24-slim\nRUN --mount=type=cache,target=/shared-by-name echo "found $(cat /shared-by-name/word)" && echo ${word} ${bed.prefix} > /shared-by-name/word\n`;
    const found = async (word: string, service: string) => {
      await writeFile(path.join(directory, "Dockerfile"), dockerfile(word));
      const output: string[] = [];
      await bed.engine.buildImage(
        {
          contextDirectory: directory,
          files: [],
          dockerfilePath: "Dockerfile",
          reference: `${bed.prefix}-cache:test`,
          labels: bed.labels,
          buildArgs: { BUILDKIT_CACHE_MOUNT_NS: `${bed.prefix}-${service}` },
          memoryMib: 512,
          cpuMillis: 1000,
        },
        (line) => output.push(line.text),
        forever(),
      );
      return output.find((line) => line.startsWith("found"));
    };
    expect(await found("one", "a")).toBe("found ");
    expect(await found("two", "a")).toBe(`found one ${bed.prefix}`);
    expect(await found("three", "b")).toBe("found ");
  });
});
