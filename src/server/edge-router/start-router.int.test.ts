/** The router's life: what it needs to start, its API, and how it ends. */
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { Agent, get, type IncomingMessage, request } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { json as readJson, text as readText } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createLogger } from "@/server/log";
import { startTestRouter, type TestRouter } from "@/testing/router";
import { startRouter } from "./start-router";

let test: TestRouter;
beforeEach(async () => {
  test = await startTestRouter();
});
afterEach(() => test.close());

describe("start", () => {
  const log = createLogger("test", "silent");
  const options = { host: "127.0.0.1", port: 0, apiPort: 0, trustedProxies: [], log };
  let routesDir: string;
  beforeEach(() => {
    routesDir = mkdtempSync(path.join(tmpdir(), "routes-"));
  });
  afterEach(() => rmSync(routesDir, { recursive: true }));

  it("fails where a port is taken, and keeps none of what it took", async () => {
    const taken = { ...options, routesDir, port: test.router.port };
    await expect(startRouter(taken)).rejects.toMatchObject({ code: "EADDRINUSE" });
  });

  it("fails for a trusted proxy that is none", async () => {
    const wrong = { ...options, routesDir, trustedProxies: ["proxy.example"] };
    await expect(startRouter(wrong)).rejects.toThrow("proxy.example");
  });
});

describe("API", () => {
  const ask = async (
    pathname: string,
    { headers = {}, body }: { headers?: Record<string, string>; body?: string } = {},
  ) => {
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      const method = body === undefined ? "GET" : "POST";
      const asking = request(
        { host: "127.0.0.1", port: test.router.apiPort, path: pathname, method, headers, agent: false },
        resolve,
      );
      asking.once("error", reject);
      asking.end(body);
    });
    return { status: response.statusCode, body: await readJson(response) };
  };

  it("shows routers and services as Traefik does", async () => {
    await test.route([{ host: "10.0.0.2", port: 3000 }]);
    expect(await ask("/api/http/routers/svc-app@file")).toEqual({
      status: 200,
      body: {
        name: "svc-app@file",
        provider: "file",
        rule: "Host(`app.example`)",
        service: "dep-app",
        status: "enabled",
      },
    });
    expect(await ask("/api/http/services")).toMatchObject({
      body: [{ name: "dep-app@file", loadBalancer: { servers: [{ url: "http://10.0.0.2:3000" }] } }],
    });
    expect((await ask("/api/overview")).body).toMatchObject({
      http: { routers: { total: 1 }, services: { total: 1 } },
    });
    expect((await ask("/api/http/routers/svc-other@file")).status).toBe(404);
    expect((await ask("/api/http/services/svc-other@file")).status).toBe(404);
    expect((await ask("/api/version")).status).toBe(404);
  });

  it("refuses what a page in a browser could send, by origin and by a name that was made to point here", async () => {
    const body = JSON.stringify({ endpoints: [] });
    expect((await ask("/api/helvetia/cut", { body })).status).toBe(200);
    expect((await ask("/api/helvetia/cut", { body, headers: { origin: "https://evil.example" } })).status).toBe(403);
    expect((await ask("/api/overview", { headers: { host: "evil.example:8082" } })).status).toBe(403);
  });

  it.each(["", "null", "{", '{"endpoints":[{"host":1}]}', '{"endpoints":{}}'])(
    "refuses the body %j: 400",
    async (body) => {
      expect((await ask("/api/helvetia/in-flight", { body })).status).toBe(400);
      expect((await ask("/api/helvetia/records", { body })).status).toBe(400);
    },
  );
});

describe("stop", () => {
  const begin = async (pathname: string, agent: Agent | false = false) => {
    const headers = { host: "app.example" };
    const asking = get({ host: "127.0.0.1", port: test.router.port, path: pathname, headers, agent });
    const [response] = await once(asking, "response");
    return response as IncomingMessage; // safe because a response event carries the response
  };

  it("lets what is under way end, takes nothing new, and closes kept connections after their answer", async () => {
    const app = await test.serve(async (request, response) => {
      response.write("begun ");
      if (request.url === "/long") await sleep(200);
      response.end("done");
    });
    await test.route([app]);
    const agent = new Agent({ keepAlive: true });
    const long = await begin("/long", agent);
    const asked = performance.now();
    const stopped = test.router.stop(60_000);
    await expect(begin("/")).rejects.toMatchObject({ code: "ECONNREFUSED" });
    expect(await readText(long)).toBe("begun done");
    expect(await stopped).toEqual({ cut: 0 });
    expect(performance.now() - asked).toBeLessThan(30_000);
    agent.destroy();
  });

  it("answers a request that comes on a kept connection right after it was asked to stop, and closes the connection", async () => {
    const app = await test.serve((_, response) => response.end("done"));
    await test.route([app]);
    const agent = new Agent({ keepAlive: true });
    expect(await readText(await begin("/", agent))).toBe("done");
    const stopped = test.router.stop(60_000);
    const next = await begin("/", agent);
    expect(next.headers.connection).toBe("close");
    expect(await readText(next)).toBe("done");
    expect(await stopped).toEqual({ cut: 0 });
    agent.destroy();
  });

  it("closes connections that stay idle", async () => {
    const app = await test.serve((_, response) => response.end("done"));
    await test.route([app]);
    const agent = new Agent({ keepAlive: true });
    await readText(await begin("/", agent));
    expect(await test.router.stop(60_000)).toEqual({ cut: 0 });
    agent.destroy();
  });

  it("cuts what outlasts the grace, and says how much", async () => {
    const app = await test.serve((_, response) => response.writeHead(200).flushHeaders());
    await test.route([app]);
    const endless = await begin("/");
    const cut = once(endless, "error");
    expect(await test.router.stop(50)).toEqual({ cut: 1 });
    await cut;
  });
});
