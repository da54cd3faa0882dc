import { createServer } from "node:http";
import { createServer as createTcpServer, type Server } from "node:net";
import { networkInterfaces } from "node:os";
import { describe, expect, test } from "vitest";
import { type ProbedBehaviour, proberContract } from "@/testing/ports/prober-contract";
import { createProber } from "./prober";

const signal = new AbortController().signal;

function serverFor(behaviour: Exclude<ProbedBehaviour, { kind: "closed" }>): Server {
  if (behaviour.kind === "silent") return createTcpServer(() => {});
  // After the request came, so that it is the answer that is cut off and not the connection.
  if (behaviour.kind === "cuts") return createTcpServer((socket) => socket.once("data", () => socket.destroy()));
  const { status, body, onlyForHost } = behaviour;
  return createServer((request, response) => {
    const welcome = !onlyForHost || request.headers.host === onlyForHost;
    response.writeHead(welcome ? status : 403).end(body);
  });
}

async function listen(server: Server, host = "127.0.0.1"): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  const address = server.address();
  if (!address || typeof address === "string") throw new Error("not listening on a port");
  return address.port;
}

proberContract("sockets", async () => {
  const servers: Server[] = [];
  return {
    prober: createProber(),
    async serve(behaviour) {
      const server = behaviour.kind === "closed" ? createTcpServer() : serverFor(behaviour);
      const port = await listen(server);
      if (behaviour.kind === "closed") await new Promise((resolve) => server.close(resolve));
      else servers.push(server);
      return { host: "127.0.0.1", port };
    },
    async tearDown() {
      for (const server of servers) server.close();
    },
  };
});

describe("createProber", () => {
  const checks = [{ type: "http", path: "/", statusFrom: 200, statusTo: 399 }, { type: "tcp" }] as const;
  test.each(checks)("an abort ends an attempt under way ($type)", async (check) => {
    const silent = createTcpServer(() => {});
    const endpoint = { host: "127.0.0.1", port: await listen(silent) };
    const abort = new AbortController();
    const reason = new Error("no longer wanted");
    setTimeout(() => abort.abort(reason), 20);
    await expect(createProber().probe(endpoint, check, 5000, abort.signal)).rejects.toBe(reason);
    silent.close();
  });

  test("a published port whose proxy accepts and hangs up is refused", async () => {
    const proxy = createTcpServer((socket) => setTimeout(() => socket.end(), 20));
    const endpoint = { host: "127.0.0.1", port: await listen(proxy) };
    expect(await createProber().probe(endpoint, { type: "tcp" }, 1000, signal)).toEqual({
      ok: false,
      reason: "refused",
    });
    proxy.close();
  });

  test("on loopback no port counts as the application's", async () => {
    const server = createTcpServer(() => {});
    expect(await createProber().openPorts("127.0.0.1", [await listen(server)], signal)).toEqual([]);
    server.close();
  });

  const address = Object.values(networkInterfaces())
    .flat()
    .find((one) => one && one.family === "IPv4" && !one.internal)?.address;

  test.skipIf(!address)("elsewhere the ports that accept are found, in the order asked", async () => {
    const host = address ?? "";
    const servers = [createTcpServer(() => {}), createTcpServer(() => {}), createTcpServer(() => {})];
    const [a = 0, b = 0, closed = 0] = await Promise.all(servers.map((server) => listen(server, host)));
    await new Promise((resolve) => servers[2]?.close(resolve));
    expect(await createProber().openPorts(host, [b, closed, a], signal)).toEqual([b, a]);
    for (const server of servers) server.close();
  });
});
