import { existsSync } from "node:fs";
import { request } from "node:http";
import Dockerode from "dockerode";
import { afterAll, beforeAll, expect, test } from "vitest";
import { environmentSubnet, freeSubnetIndex } from "@/domain/network/environment-subnet";
import type { ContainerSpec, Endpoint } from "@/domain/plan/types";
import type { LogLine } from "@/server/ports";
import { containerOutput, scriptSpec, testImage } from "@/testing/container-output";
import { createTestEngine, describeWithDocker, type TestEngine } from "@/testing/docker";

const forever = new AbortController().signal;

/** Of version 1 or 2, as the container itself sees them: memory, swap, microseconds of CPU per 100 ms, processes. */
const cgroupFigures = `cd /sys/fs/cgroup
if [ -d memory ]; then
  memory=$(cat memory/memory.limit_in_bytes)
  echo $memory; echo $(($(cat memory/memory.memsw.limit_in_bytes 2>/dev/null || echo $memory) - memory))
  cat cpu/cpu.cfs_quota_us; cat pids/pids.max
else
  cat memory.max; cat memory.swap.max; cut -d" " -f1 cpu.max; cat pids.max
fi`;

describeWithDocker("containers of a real Engine", () => {
  let bed: TestEngine;
  let second: TestEngine;

  beforeAll(async () => {
    bed = createTestEngine({ addressing: "bridge" });
    second = createTestEngine();
    await bed.engine.pullImage(testImage, () => {}, forever);
    for (const { engine, network } of [bed, second]) await engine.ensureNetwork(network);
  });
  afterAll(async () => {
    await bed.tearDown();
    await second.tearDown();
  });

  const spec = (script: string, change: Partial<ContainerSpec> = {}) => scriptSpec(bed, script, change);
  const output = (script: string, change: Partial<ContainerSpec> = {}) => containerOutput(bed, script, change);
  const serve = "mkdir /www; echo hello > /www/index.html; exec httpd -f -p 3000 -h /www";

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

  test.runIf(existsSync("/sys/fs/cgroup/memory") || existsSync("/sys/fs/cgroup/cgroup.controllers"))(
    "memory without swap, processor and processes are limited in the kernel's own files",
    async () => {
      const [memory, swap, cpu, pids] = await output(cgroupFigures, { memoryMib: 48, cpuMillis: 250, pidsLimit: 33 });
      expect([memory, swap, cpu, pids]).toEqual([String(48 * 2 ** 20), "0", "25000", "33"]);
    },
  );

  test("where its files are read-only nothing of them can be written, and /tmp and /run can, not more than a quarter of its memory", async () => {
    const write = (path: string) => `echo x > ${path}/probe 2>/dev/null && echo yes || echo no`;
    const script = `for place in / /etc /usr /home /tmp /run; do ${write("$place")}; done; head -c 20000000 /dev/zero > /tmp/big 2>/dev/null || stat -c %s /tmp/big`;
    expect(await output(script, { readOnlyRoot: true })).toEqual(["no", "no", "no", "no", "yes", "yes", "16773120"]);
    expect(await output(script, { readOnlyRoot: false })).toEqual(["yes", "yes", "yes", "yes", "yes", "yes"]);
  });

  test("an application is ended before the platform where the machine's memory runs out", async () => {
    expect(await output("cat /proc/self/oom_score_adj")).toEqual(["300"]);
  });

  test("its log cannot fill the disk", async () => {
    const printing = spec("exec sleep 600");
    await bed.engine.ensureContainer(printing);
    const { HostConfig } = await new Dockerode().getContainer(printing.name).inspect();
    expect(HostConfig.LogConfig).toMatchObject({ Type: "json-file", Config: { "max-size": "32m", "max-file": "2" } });
    await bed.engine.removeContainer(printing.name);
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
    await bed.engine.superviseContainer(crashes.name);
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
    await expect(engine.pullImage("x", () => {}, forever)).rejects.toMatchObject(unavailable);
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
