/**
 * What a container and a step of a build reach of this machine and of their neighbours: first with Docker alone, which
 * shows that the ways are there, then with the rules.
 */
import { execFileSync, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { networkInterfaces, tmpdir } from "node:os";
import path from "node:path";
import Dockerode from "dockerode";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { bridgePrefix } from "@/domain/naming";
import type { FirewallRequest, LogLine } from "@/server/ports";
import { containerOutput, scriptSpec, testImage } from "@/testing/container-output";
import { createTestEngine, describeWithDocker, type TestEngine } from "@/testing/docker";
import { createIptables } from "./iptables";

const isRoot = process.getuid?.() === 0;
if (!isRoot) process.stderr.write("skipped, only root may set the rules of a firewall: iptables\n");

const forever = new AbortController().signal;
const metadata = "169.254.169.254";
const table = () => execFileSync("iptables-save", ["-t", "mangle"], { encoding: "utf8" });
const ip = (...args: string[]) => execFileSync("ip", args);

/** A service of this machine that listens on all addresses, as the platform does where it is told to. */
async function listenEverywhere(port = 0): Promise<{ server: Server; port: number }> {
  const server = createServer((_request, response) => response.end("reached"));
  server.listen(port, "0.0.0.0");
  await once(server, "listening");
  return { server, port: (server.address() as AddressInfo).port }; // safe because it listens on TCP
}

/** A machine beside this one that has the clouds' metadata address. Removed by `remove`. */
function addMetadataService() {
  const name = `hv-${randomBytes(3).toString("hex")}`;
  const directory = mkdtempSync(path.join(tmpdir(), "helvetia-metadata-"));
  writeFileSync(path.join(directory, "index.html"), "reached");
  ip("netns", "add", name);
  ip("link", "add", name, "type", "veth", "peer", "name", "eth0", "netns", name);
  ip("addr", "add", "169.254.169.253/30", "dev", name);
  ip("link", "set", name, "up");
  ip("-n", name, "addr", "add", `${metadata}/30`, "dev", "eth0");
  ip("-n", name, "link", "set", "eth0", "up");
  // Not `ip netns exec`, which remounts / and cannot where that is no mount point, as in a chroot.
  const server = spawn("nsenter", [`--net=/run/netns/${name}`, "busybox", "httpd", "-f", "-p", "80", "-h", directory], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  return async () => {
    server.kill();
    await once(server, "exit");
    ip("netns", "del", name);
    rmSync(directory, { recursive: true });
  };
}

describeWithDocker("rules between applications and their machine", () => {
  let bed: TestEngine;
  let stranger: TestEngine;
  let removeMetadata: (() => Promise<void>) | undefined;
  const servers: Server[] = [];
  const docker = new Dockerode();
  const firewall = createIptables();
  let request: FirewallRequest;
  /** What an application is asked to reach, by name. */
  let places: Record<string, string>;

  describe.runIf(isRoot)("with root", () => {
    beforeAll(async () => {
      bed = createTestEngine({ addressing: "bridge" });
      stranger = createTestEngine({ addressing: "bridge" });
      await bed.engine.pullImage(testImage, () => {}, forever);
      await bed.engine.ensureNetwork(bed.network);
      await stranger.engine.ensureNetwork(stranger.network);
      removeMetadata = addMetadataService();
      const metadataText = () => fetch(`http://${metadata}/`).then((response) => response.text());
      await vi.waitFor(async () => expect(await metadataText()).toBe("reached"), 10_000);
      const dashboard = await listenEverywhere();
      const router = await listenEverywhere();
      const other = await listenEverywhere();
      const resolver = await listenEverywhere(53);
      servers.push(...[dashboard, router, other, resolver].map(({ server }) => server));

      const serve = "mkdir /www; echo reached > /www/index.html; exec httpd -f -p 3000 -h /www";
      const { endpoint } = await stranger.engine.ensureContainer(scriptSpec(stranger, serve));
      // What an operator runs beside the platform, published as most people do it.
      const published = await docker.createContainer({
        name: `${stranger.prefix}-published`,
        Image: testImage,
        Cmd: ["sh", "-c", serve],
        Labels: stranger.labels,
        ExposedPorts: { "3000/tcp": {} },
        HostConfig: { PortBindings: { "3000/tcp": [{ HostIp: "0.0.0.0", HostPort: "" }] } },
      });
      await published.start();
      const { NetworkSettings } = await published.inspect();
      const publishedPort = NetworkSettings.Ports["3000/tcp"]?.[0]?.HostPort;
      const host = Object.values(networkInterfaces())
        .flatMap((list) => list ?? [])
        .find((one) => one.family === "IPv4" && !one.internal)?.address;
      const gateway = bed.network.subnet.replace(/\d+\/26$/, (end) => String(Number.parseInt(end, 10) + 1));
      places = {
        dashboardAtGateway: `${gateway}:${dashboard.port}`,
        dashboardAtHost: `${host}:${dashboard.port}`,
        dashboardAtDefaultBridge: `172.17.0.1:${dashboard.port}`,
        routerAtHost: `${host}:${router.port}`,
        otherServiceAtGateway: `${gateway}:${other.port}`,
        resolverAtGateway: `${gateway}:53`,
        publishedAtHost: `${host}:${publishedPort}`,
        publishedAtGateway: `${gateway}:${publishedPort}`,
        otherEnvironment: `${endpoint?.host}:3000`,
        publishedContainer: `${NetworkSettings.Networks.bridge?.IPAddress}:3000`,
        metadata: `${metadata}:80`,
      };
      request = {
        instanceId: bed.prefix,
        applicationBridges: [`${bridgePrefix(bed.prefix)}+`],
        buildBridge: (await bed.engine.hostNetwork())?.buildBridge ?? null,
        openPorts: [router.port],
        platform: [{ host: "127.0.0.1", port: dashboard.port }],
      };
    });
    afterAll(async () => {
      await firewall.clear(bed.prefix);
      for (const server of servers) server.close();
      await removeMetadata?.();
      await docker.getContainer(`${stranger.prefix}-published`).remove({ force: true });
      await bed.tearDown();
      await stranger.tearDown();
    });

    const asking = () =>
      Object.entries(places)
        .map(([name, address]) => `echo ${name}=$(timeout 3 wget -q -O - http://${address}/ 2>/dev/null) &`)
        .join(" ");
    const reached = (lines: string[]) => {
      const names = lines.flatMap((line) => /(\w+)=reached$/.exec(line)?.[1] ?? []);
      return Object.fromEntries(Object.keys(places).map((name) => [name, names.includes(name)]));
    };
    const fromApplication = async () => reached(await containerOutput(bed, `${asking()} wait`));
    const fromBuild = async () => {
      const lines: LogLine[] = [];
      const content = `FROM ${testImage}\nRUN echo ${randomBytes(8).toString("hex")}; ${asking()} wait\n`;
      await bed.engine.buildImage(
        {
          contextDirectory: mkdtempSync(path.join(tmpdir(), "helvetia-reach-")),
          files: [{ path: "Dockerfile", content }],
          dockerfilePath: "Dockerfile",
          reference: `${bed.prefix}-build:1`,
          labels: bed.labels,
          buildArgs: {},
          memoryMib: 512,
          cpuMillis: 1000,
        },
        (line) => lines.push(line),
        forever,
      );
      return reached(lines.map((line) => line.text));
    };
    /** Docker keeps these apart by itself, with or without rules of ours. */
    const keptByDocker = { otherEnvironment: false };

    it("without rules everything on all addresses is open to applications and builds: the ways are there", async () => {
      const everything = Object.fromEntries(Object.keys(places).map((name) => [name, true]));
      expect(await fromApplication()).toEqual({ ...everything, ...keptByDocker, publishedContainer: false });
      // A build shares the default bridge with whatever the operator runs there, and with the rules of other instances:
      // one of those on this machine already keeps its builds, and with them ours, from the metadata.
      const { metadata: _, ...otherPlaces } = everything;
      expect(await fromBuild()).toMatchObject({ ...otherPlaces, ...keptByDocker });
    });

    it("with them applications reach the router and name servers, builds all but the platform, and neither the metadata", async () => {
      await firewall.apply(request);
      const nothing = Object.fromEntries(Object.keys(places).map((name) => [name, false]));
      expect(await fromApplication()).toEqual({ ...nothing, routerAtHost: true, resolverAtGateway: true });
      expect(await fromBuild()).toEqual({
        ...nothing,
        routerAtHost: true,
        resolverAtGateway: true,
        otherServiceAtGateway: true,
        publishedAtHost: true,
        publishedAtGateway: true,
        publishedContainer: true,
      });
    });

    it("the machine itself still reaches the application, and neighbours in the environment each other", async () => {
      const serve = "mkdir /www; echo reached > /www/index.html; exec httpd -f -p 3000 -h /www";
      const neighbour = scriptSpec(bed, serve, { networkAliases: ["web"] });
      const { endpoint } = await bed.engine.ensureContainer(neighbour);
      const ask = () => fetch(`http://${endpoint?.host}:3000/`).then((response) => response.text());
      await expect.poll(() => ask().catch(() => ""), { timeout: 10_000 }).toBe("reached\n");
      expect(await containerOutput(bed, "timeout 3 wget -q -O - http://web:3000/")).toEqual(["reached"]);
    });

    it("containers have no IPv6, over which there are no rules", async () => {
      expect(
        await containerOutput(bed, "cat /proc/net/if_inet6; cat /proc/sys/net/ipv6/conf/eth0/disable_ipv6"),
      ).toEqual(["1"]);
    });

    it("asked again nothing changes; what somebody flushed or doubled is put right, by this or another process", async () => {
      await firewall.apply(request);
      const held = ownRules();
      await firewall.apply(request);
      expect(ownRules()).toEqual(held);
      execFileSync("iptables", ["-t", "mangle", "-F", `${bridgePrefix(bed.prefix)}-app`]);
      execFileSync("iptables", ["-t", "mangle", "-A", "INPUT", "-i", "lo", "-j", `${bridgePrefix(bed.prefix)}-app`]);
      expect(ownRules()).not.toEqual(held);
      await firewall.apply(request);
      expect(ownRules()).toEqual(held);
      await Promise.all([createIptables().apply(request), createIptables().apply(request)]);
      await createIptables().apply(request);
      expect(ownRules()).toEqual(held);
    });

    it("an instance's rules go alone, and all of them", async () => {
      const other = {
        ...request,
        instanceId: stranger.prefix,
        applicationBridges: [`${bridgePrefix(stranger.prefix)}+`],
      };
      const otherFirewall = createIptables();
      await otherFirewall.apply(other);
      await firewall.clear(bed.prefix);
      await firewall.clear(bed.prefix);
      expect(ownRules()).toEqual([]);
      expect(table()).toContain(`-j ${bridgePrefix(stranger.prefix)}-app`);
      await otherFirewall.clear(stranger.prefix);
      expect(table()).not.toContain(bridgePrefix(stranger.prefix));
    });

    const ownRules = () =>
      table()
        .split("\n")
        .filter((line) => line.includes(`${bridgePrefix(bed.prefix)}-`))
        .map((line) => line.replace(/ \[\d+:\d+\]$/, ""));
  });

  it.runIf(!isRoot)("without root it says why", async () => {
    const empty = { instanceId: "x", applicationBridges: [], buildBridge: null, openPorts: [], platform: [] };
    await expect(createIptables().apply(empty)).rejects.toMatchObject({ code: "firewall_unavailable" });
  });
});
