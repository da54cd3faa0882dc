/**
 * What an application reaches of the platform that runs it, asked from inside the container of the sample of a first run,
 * while dashboard and router listen on all addresses as they do on a server.
 */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { networkInterfaces } from "node:os";
import path from "node:path";
import { PassThrough } from "node:stream";
import { text as readText } from "node:stream/consumers";
import Dockerode from "dockerode";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { bridgePrefix, label } from "@/domain/naming";
import { describeWithDocker } from "@/testing/docker";
import { freePorts } from "@/testing/free-ports";
import { startInstance, type TestInstance } from "@/testing/instance";
import { startRedisServer, type TestRedis } from "@/testing/redis-server";

const isRoot = process.getuid?.() === 0;
if (!isRoot)
  process.stderr.write("skipped, only root may set the rules of a firewall: isolation of a whole instance\n");

const docker = new Dockerode();
const cluster = z.object({ port: z.number() });
const rules = () => execFileSync("iptables-save", ["-t", "mangle"], { encoding: "utf8" });

/** Prints each place to which a connection opens within three seconds. */
const connectAll = `
const net = require("node:net");
for (const place of process.argv.slice(1)) {
  const [host, port] = place.split(":");
  const socket = net.connect({ host, port: Number(port) });
  const late = setTimeout(() => socket.destroy(), 3000);
  socket.on("connect", () => { console.log(place); socket.destroy(); });
  socket.on("error", () => {});
  socket.on("close", () => clearTimeout(late));
}`;

async function reached(container: Dockerode.Container, places: string[]): Promise<string[]> {
  const exec = await container.exec({ Cmd: ["node", "-e", connectAll, ...places], AttachStdout: true });
  const stream = await exec.start({ hijack: true, stdin: false });
  const output = new PassThrough();
  docker.modem.demuxStream(stream, output, output);
  stream.once("end", () => output.end());
  return (await readText(output)).split("\n").filter((line) => places.includes(line));
}

describeWithDocker("an application on a whole instance", () => {
  describe.runIf(isRoot)("with root", () => {
    let instance: TestInstance;
    let redis: TestRedis;
    let application: Dockerode.Container;
    let ports: Record<"dashboard" | "router" | "routerApi" | "database" | "redis" | "docker" | "dockerTls", number>;
    let hosts: string[];

    beforeAll(async () => {
      redis = await startRedisServer();
      const [routerApi = 0] = await freePorts(1);
      instance = await startInstance(() => {}, {
        ...{ WEB_HOST: "0.0.0.0", EDGE_HOST: "0.0.0.0" },
        ...{ EDGE_API_PORT: String(routerApi), REDIS_URL: redis.url },
      });
      const portOf = (url: string) => Number(new URL(url).port);
      const [running] = await docker.listContainers({
        filters: { label: [`${label.instance}=${instance.instanceId}`, label.service] },
      });
      application = docker.getContainer(running?.Id ?? "");
      const { NetworkSettings } = await application.inspect();
      const file = path.join(instance.dataDirectory, "postgres/cluster.json");
      ports = {
        dashboard: portOf(instance.report.dashboardUrl),
        router: portOf(instance.report.routerUrl),
        routerApi,
        database: cluster.parse(JSON.parse(readFileSync(file, "utf8"))).port,
        redis: portOf(redis.url),
        docker: 2375,
        dockerTls: 2376,
      };
      const gateways = Object.values(NetworkSettings.Networks).map((network) => network.Gateway);
      const own = Object.values(networkInterfaces())
        .flatMap((list) => list ?? [])
        .filter((one) => one.family === "IPv4" && !one.internal);
      hosts = [...new Set([...gateways, ...own.map((one) => one.address)])];
    }, 900_000);
    afterAll(async () => {
      await instance?.destroy();
      await redis?.kill();
    }, 120_000);

    const everyPlace = () => hosts.flatMap((host) => Object.values(ports).map((port) => `${host}:${port}`));

    it("the dashboard is open to a container that no rule covers", async () => {
      const name = `${instance.instanceId}-outsider`;
      const control = await docker.createNetwork({ Name: name });
      const outsider = await docker.createContainer({
        Image: (await application.inspect()).Image,
        // Else it has the image's, and is taken for one of the instance's own.
        Labels: { [label.instance]: name },
        Entrypoint: ["node"],
        Cmd: ["-e", "setInterval(() => {}, 1000)"],
        HostConfig: { NetworkMode: name },
      });
      try {
        await outsider.start();
        const open = await reached(outsider, everyPlace());
        expect(open.filter((place) => place.endsWith(`:${ports.dashboard}`)).length).toBeGreaterThan(0);
      } finally {
        await outsider.remove({ force: true });
        await control.remove();
      }
    });

    it("the application reaches the router's door and nothing else: no dashboard, database, cache, router's API or Docker", async () => {
      const open = await reached(application, everyPlace());
      expect(open.length).toBeGreaterThan(0);
      expect(open.filter((place) => !place.endsWith(`:${ports.router}`))).toEqual([]);
      expect(await reached(application, ["169.254.169.254:80", "169.254.170.2:80", "100.100.100.200:80"])).toEqual([]);
    });

    it("the rules outlive the platform's processes and go with the instance", async () => {
      const chain = `-j ${bridgePrefix(instance.instanceId)}-app`;
      expect(rules()).toContain(chain);
      expect(await instance.stop()).toBe(0);
      expect(rules()).toContain(chain);
      await instance.destroy();
      expect(rules()).not.toContain(chain);
    });
  });
});
