import { request } from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { environmentSubnet, freeSubnetIndex } from "@/domain/network/environment-subnet";
import type { ContainerSpec, Endpoint } from "@/domain/plan/types";
import type { LogLine } from "@/server/ports";
import { createTestEngine, describeWithDocker, type TestEngine } from "@/testing/docker";

const forever = new AbortController().signal;
const image = "busybox:1.36";

describeWithDocker("containers of a real Engine", () => {
  let bed: TestEngine;
  let second: TestEngine;
  let count = 0;

  beforeAll(async () => {
    bed = createTestEngine({ addressing: "bridge" });
    second = createTestEngine();
    await bed.engine.ensureImage(image, () => {}, forever);
    for (const { engine, network } of [bed, second]) await engine.ensureNetwork(network);
  });
  afterAll(async () => {
    await bed.tearDown();
    await second.tearDown();
  });

  const spec = (script: string, change: Partial<ContainerSpec> = {}): ContainerSpec => {
    count += 1;
    return {
      name: `${bed.prefix}-${count}`,
      image,
      env: {},
      labels: bed.labels,
      network: bed.prefix,
      networkAliases: [],
      command: ["sh", "-c", script],
      port: 3000,
      memoryMib: 64,
      cpuMillis: 500,
      pidsLimit: 64,
      stopGraceSeconds: 1,
      ...change,
    };
  };
  const serve = "mkdir /www; echo hello > /www/index.html; exec httpd -f -p 3000 -h /www";
  /** Runs to its end; its standard output. */
  const output = async (script: string, change: Partial<ContainerSpec> = {}) => {
    const container = spec(`${script}; echo end-of-output; exec sleep 600`, change);
    await bed.engine.ensureContainer(container);
    const texts: string[] = [];
    for await (const { stream, text } of bed.engine.followLogs(container.name, null, forever)) {
      if (text === "end-of-output") break;
      if (stream === "stdout") texts.push(text);
    }
    await bed.engine.removeContainer(container.name);
    return texts;
  };

  test.each(["bridge", "loopback"] as const)("%s: the application answers at its endpoint", async (addressing) => {
    const { engine } = createTestEngine({ addressing });
    const { endpoint } = await engine.ensureContainer(spec(serve));
    if (!endpoint) throw new Error("it has no endpoint");
    expect(endpoint.host === "127.0.0.1").toBe(addressing === "loopback");
    expect(await get(endpoint)).toBe("hello\n");
  });

  test("what is inside has few capabilities, gains none, and is not process 1", async () => {
    const [status = "", own = ""] = await output(
      "grep -E 'CapEff|CapBnd|NoNewPrivs' /proc/self/status | tr -d '\\n\\t'; echo; echo $$",
    );
    // CHOWN, DAC_OVERRIDE, FOWNER, KILL, SETGID, SETUID, NET_BIND_SERVICE
    const few = (0b100_1110_1011).toString(16).padStart(16, "0");
    expect(status).toBe(`CapEff:${few}CapBnd:${few}NoNewPrivs:1`);
    expect(Number(own)).toBeGreaterThan(1);
  });

  test("processes are limited in number", async () => {
    const lines = await output("for i in $(seq 40); do sleep 5 & done 2>&1 | tail -n 1", { pidsLimit: 20 });
    expect(lines.join()).toMatch(/can't fork/);
  });

  test("environment values arrive as they are, whatever is in them", async () => {
    const value = "a b 'c' \"d\" $HOME `id` \\ =";
    expect(await output('echo "$VALUE"', { env: { VALUE: value } })).toEqual([value]);
  });

  test("neighbours are found by their alias, strangers not even by their address", async () => {
    const neighbour = spec(serve, { networkAliases: ["web"] });
    await bed.engine.ensureContainer(neighbour);
    const stranger = spec(serve, { network: second.prefix, labels: second.labels });
    const { endpoint } = await second.engine.ensureContainer(stranger);
    const look = (url: string) =>
      `found=unreachable; for i in 1 2 3; do sleep 0.3; found=$(timeout 2 wget -q -O - ${url} 2>/dev/null) && break; found=unreachable; done; echo $found`;
    expect(await output(look("http://web:3000/"))).toEqual(["hello"]);
    expect(await output(look(`http://${endpoint?.host}:3000/`))).toEqual(["unreachable"]);
  });

  test("after a restart by the Engine its state is told anew, and its log goes on without loss", async () => {
    const crashes = spec(
      "n=$(($(cat /n 2>/dev/null || echo 0) + 1)); echo $n > /n; echo out-$n; echo err-$n >&2; sleep 0.3; exit 5",
    );
    const first = await bed.engine.ensureContainer(crashes);
    const lines: (LogLine & { cursor: string })[] = [];
    const has = (text: string) => lines.some((line) => line.text === text);
    while (!(has("out-3") && has("err-3"))) {
      const cursor = lines.at(-1)?.cursor ?? null;
      for await (const line of bed.engine.followLogs(crashes.name, cursor, forever)) {
        lines.push(line);
        if (lines.length % 2 === 1) break; // Reconnects in the middle, again and again.
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    const of = (stream: string) => lines.filter((line) => line.stream === stream).map((line) => line.text);
    expect(of("stdout").slice(0, 3)).toEqual(["out-1", "out-2", "out-3"]);
    expect(of("stderr").slice(0, 3)).toEqual(["err-1", "err-2", "err-3"]);
    const now = await bed.engine.findContainer(crashes.name);
    expect(now?.restartCount).toBeGreaterThanOrEqual(2);
    expect(now?.startedAt?.getTime()).toBeGreaterThan(first.startedAt?.getTime() ?? 0);
    await bed.engine.removeContainer(crashes.name);
  });

  test("fast output is neither lost nor repeated across reconnections", async () => {
    const chatty = spec("i=0; while [ $i -lt 2000 ]; do echo line-$i; i=$((i+1)); done; exec sleep 600");
    await bed.engine.ensureContainer(chatty);
    const texts: string[] = [];
    let cursor: string | null = null;
    while (texts.length < 2000) {
      const enough = texts.length + 333;
      for await (const line of bed.engine.followLogs(chatty.name, cursor, forever)) {
        texts.push(line.text);
        cursor = line.cursor;
        if (texts.length >= Math.min(enough, 2000)) break;
      }
    }
    expect(texts).toEqual(Array.from({ length: 2000 }, (_none, i) => `line-${i}`));
  });

  test("a network without an address left is told apart", async () => {
    // A /30 has room for the gateway and one container.
    const tiny = { ...bed.network, name: `${bed.prefix}-tiny`, bridge: "hvtiny" };
    const used = await bed.engine.usedSubnets();
    const index = freeSubnetIndex("10.219.0.0/16", new Set(), used);
    const subnet = environmentSubnet("10.219.0.0/16", index ?? 0).replace("/25", "/30");
    await bed.engine.ensureNetwork({ ...tiny, subnet });
    await bed.engine.ensureContainer(spec("exec sleep 600", { network: tiny.name }));
    await expect(bed.engine.ensureContainer(spec("exec sleep 600", { network: tiny.name }))).rejects.toMatchObject({
      code: "environment_full",
    });
  });

  test("an Engine that is not there is engine_unavailable, for every question", async () => {
    const { engine } = createTestEngine({ host: "unix:///nowhere/docker.sock" });
    const unavailable = { code: "engine_unavailable" };
    await expect(engine.ping()).rejects.toMatchObject(unavailable);
    await expect(engine.findContainer("x")).rejects.toMatchObject(unavailable);
    await expect(engine.listImages({})).rejects.toMatchObject(unavailable);
    await expect(engine.ensureImage("x", () => {}, forever)).rejects.toMatchObject(unavailable);
    await expect(engine.ensureContainer(spec(serve))).rejects.toMatchObject(unavailable);
    await expect(engine.events(forever)[Symbol.asyncIterator]().next()).rejects.toMatchObject(unavailable);
    await expect(engine.followLogs("x", null, forever)[Symbol.asyncIterator]().next()).rejects.toMatchObject(
      unavailable,
    );
  });
});

function get({ host, port }: Endpoint): Promise<string> {
  return new Promise((resolve, reject) => {
    const asking = (attempt: number) =>
      request({ host, port, path: "/" }, (response) => {
        let body = "";
        response.setEncoding("utf8").on("data", (chunk: string) => {
          body += chunk;
        });
        response.on("end", () => resolve(body));
      })
        .on("error", (error) => (attempt < 50 ? setTimeout(asking, 50, attempt + 1) : reject(error)))
        .end();
    asking(0);
  });
}
