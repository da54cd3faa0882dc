/** What the router writes down of requests that do not simply get an answer: whose failure it was, and that it is counted once. */
import { once } from "node:events";
import { request } from "node:http";
import { createServer as createNetServer } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { placeholderName } from "@/domain/naming";
import { addCounts } from "@/domain/traffic/bucket";
import { refusingEndpoint, startTestRouter, type TestRouter } from "@/testing/router";

let test: TestRouter;
beforeEach(async () => {
  test = await startTestRouter();
});
afterEach(() => test.close());

async function counts(backend = "dep-app") {
  const reading = await test.edge.records([backend], new Date(0));
  const { latency, ...rest } = addCounts(reading?.buckets ?? []);
  return rest;
}

const nothing = { requests: 0, failed: 0, unanswered: 0, abandoned: 0 };

/** Begins a request and leaves it to the test. */
function begin() {
  const asking = request({ port: test.router.port, headers: { host: "app.example" }, agent: false });
  asking.on("error", () => {});
  asking.end();
  return asking;
}

describe("a failure of the application", () => {
  it("is an answer of 500 or above", async () => {
    const app = await test.serve((request, response) => response.writeHead(Number(request.url?.slice(1))).end());
    await test.route([app]);
    for (const status of [204, 301, 404, 499, 500, 502]) await test.ask({ path: `/${status}` });
    expect(await counts()).toEqual({ ...nothing, requests: 6, failed: 2 });
  });
});

describe("a failure that the router sees", () => {
  it("is an endpoint that refuses; one of several costs nothing", async () => {
    await test.route([await refusingEndpoint()]);
    expect((await test.ask()).status).toBe(502);
    expect(await counts()).toEqual({ ...nothing, requests: 1, failed: 1, unanswered: 1 });
    await test.route([await refusingEndpoint(), await test.serve((_, response) => response.end())]);
    for (let round = 0; round < 4; round += 1) expect((await test.ask()).status).toBe(200);
    expect(await counts()).toEqual({ ...nothing, requests: 5, failed: 1, unanswered: 1 });
  });

  it.each(["HTTP/1.1 099 Odd\r\nContent-Length: 0\r\n\r\n", "noise\r\n\r\n", ""])("is the answer %j", async (bytes) => {
    const app = createNetServer((socket) => {
      socket.on("error", () => {});
      socket.once("data", () => socket.end(bytes));
    });
    await test.route([await test.serveWith(app)]);
    expect((await test.ask()).status).toBe(502);
    expect(await counts()).toEqual({ ...nothing, requests: 1, failed: 1, unanswered: 1 });
  });

  it("is an answer that breaks off, which is one request and one failure", async () => {
    const app = await test.serve((request, response) => {
      response.write("begun", () => request.socket.destroy());
    });
    await test.route([app]);
    await expect(test.ask()).rejects.toMatchObject({ code: "ECONNRESET" });
    expect(await counts()).toEqual({ ...nothing, requests: 1, failed: 1, unanswered: 1 });
  });

  it("is an answer that was cut because its release had to go", async () => {
    const app = await test.serve((_, response) => void response.write("begun"));
    await test.route([app]);
    const [response] = await once(begin(), "response");
    const broken = once(response, "error");
    expect(await counts()).toEqual({ ...nothing, requests: 1 });
    await test.edge.cut([app]);
    await broken;
    expect(await counts()).toEqual({ ...nothing, requests: 1, failed: 1, unanswered: 1 });
  });

  it("is a service none of whose replicas runs, under a name of its own", async () => {
    await test.route([], { state: "crashing" });
    expect((await test.ask()).status).toBe(502);
    const failed = { ...nothing, requests: 1, failed: 1, unanswered: 1 };
    expect(await counts(placeholderName("svc_app", "crashing"))).toEqual(failed);
  });
});

describe("nobody's failure", () => {
  it("is a client that goes before the answer begins; it is counted as such", async () => {
    let heard = () => {};
    const arrived = new Promise<void>((resolve) => {
      heard = resolve;
    });
    const app = await test.serve((_, response) => {
      heard();
      response.on("error", () => {});
    });
    await test.route([app]);
    const asking = begin();
    await arrived;
    asking.destroy();
    await expect.poll(() => counts()).toEqual({ ...nothing, requests: 1, abandoned: 1 });
  });

  it("is a client that goes while the answer comes", async () => {
    let gone: Promise<unknown> = Promise.resolve();
    const app = await test.serve((_, response) => {
      gone = once(response, "close");
      response.write("begun");
    });
    await test.route([app]);
    const asking = begin();
    await once(asking, "response");
    asking.destroy();
    await gone;
    expect(await counts()).toEqual({ ...nothing, requests: 1 });
  });

  it("is to ask a service that its owner stopped, or a host that nobody has", async () => {
    await test.route([], { releaseId: null, state: "stopped" });
    expect((await test.ask()).status).toBe(503);
    expect((await test.ask({ host: "nobody.example" })).status).toBe(404);
    expect(await counts(placeholderName("svc_app", "stopped"))).toEqual(nothing);
  });
});

describe("a WebSocket", () => {
  const upgrade = "GET / HTTP/1.1\r\nHost: app.example\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n";
  const answering = (bytes: string) =>
    test.serveWith(createNetServer((socket) => socket.once("data", () => socket.end(bytes))));

  it("is a request that the application takes, or refuses", async () => {
    await test.route([
      await answering("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n"),
    ]);
    await test.send(upgrade);
    expect(await counts()).toEqual({ ...nothing, requests: 1 });
    await test.route([await answering("HTTP/1.1 500 Broken\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")]);
    await test.send(upgrade);
    expect(await counts()).toEqual({ ...nothing, requests: 2, failed: 1 });
  });

  it("that nobody takes is a failure", async () => {
    await test.route([await refusingEndpoint()]);
    await test.send(upgrade);
    await test.route([await answering("")]);
    await test.send(upgrade);
    expect(await counts()).toEqual({ ...nothing, requests: 2, failed: 2, unanswered: 2 });
  });
});
