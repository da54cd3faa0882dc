/** What clients get when an endpoint, an application or a client itself misbehaves. */
import { once } from "node:events";
import { request } from "node:http";
import { connect, createServer as createNetServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { refusingEndpoint, startTestRouter, type TestRouter } from "@/testing/router";

let test: TestRouter;
beforeEach(async () => {
  test = await startTestRouter();
});
afterEach(() => test.close());

describe("friendly pages", () => {
  const html = { accept: "text/html,application/xhtml+xml,*/*;q=0.8" };

  it("says 404 for a host that nothing runs under, and echoes nothing of it", async () => {
    const answer = await test.ask({ host: "<script>.example", headers: html });
    expect(answer.status).toBe(404);
    expect(answer.headers["content-type"]).toContain("text/html");
    expect(answer.body).toContain("No application here");
    expect(answer.body).not.toContain("<script>");
  });

  it("says 503 for a stopped service, and when to ask again", async () => {
    await test.route([], { releaseId: null, state: "stopped" });
    const answer = await test.ask({ headers: html });
    expect([answer.status, answer.headers["retry-after"]]).toEqual([503, "30"]);
    expect(answer.body).toContain("stopped");
  });

  it.each([
    ["crashing, without an endpoint", async () => []],
    ["whose only endpoint refuses", async () => [await refusingEndpoint()]],
  ])("says 502 for a service %s", async (_, endpoints) => {
    await test.route(await endpoints(), { state: "crashing" });
    const answer = await test.ask({ headers: html });
    expect([answer.status, answer.headers["retry-after"], answer.headers["cache-control"]]).toEqual([
      502,
      "5",
      "no-store",
    ]);
    expect(answer.body).toContain("does not answer");
  });

  it("speaks JSON to who asks for it, and sends no body for HEAD", async () => {
    const answer = await test.ask({ headers: { accept: "application/json" } });
    expect(JSON.parse(answer.body)).toMatchObject({ error: { code: "unknown_host" } });
    expect(await test.ask({ method: "HEAD", headers: html })).toMatchObject({ status: 404, body: "" });
  });

  it("keeps the connection for the next request", async () => {
    const ask = (last: string) => `GET / HTTP/1.1\r\nHost: nobody.example\r\n${last}\r\n`;
    const answer = await test.send(ask("") + ask("Connection: close\r\n"));
    expect(answer.match(/HTTP\/1\.1 404/g)).toHaveLength(2);
  });

  it("refuses a WebSocket in the same way", async () => {
    const upgrade = (host: string) =>
      test.send(`GET / HTTP/1.1\r\nHost: ${host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`);
    expect(await upgrade("nobody.example")).toMatch(/^HTTP\/1.1 404 /);
    await test.route([await refusingEndpoint()]);
    expect(await upgrade("app.example")).toMatch(/^HTTP\/1.1 502 /);
    await test.route([], { releaseId: null, state: "stopped" });
    expect(await upgrade("app.example")).toMatch(/^HTTP\/1.1 503 .*\r\nRetry-After: 30/);
  });
});

describe("an endpoint that refuses", () => {
  it("costs nothing while another one takes the request, body included", async () => {
    const app = await test.serve((request, response) => {
      let length = 0;
      request.on("data", (chunk: Buffer) => {
        length += chunk.length;
      });
      request.on("end", () => response.end(String(length)));
    });
    await test.route([await refusingEndpoint(), app, await refusingEndpoint()]);
    const body = "x".repeat(1_000_000);
    const answers = await Promise.all(Array.from({ length: 6 }, () => test.ask({ method: "POST", body })));
    expect(answers.map(({ status, body }) => `${status} ${body}`)).toEqual(Array(6).fill("200 1000000"));
  });

  it("costs a WebSocket nothing either", async () => {
    const app = await test.serveWith(
      createNetServer((socket) =>
        socket.once("data", () =>
          socket.end("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\nhello"),
        ),
      ),
    );
    await test.route([await refusingEndpoint(), app]);
    const answer = await test.send(
      "GET / HTTP/1.1\r\nHost: app.example\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n",
    );
    expect(answer).toMatch(/^HTTP\/1.1 101 [\s\S]*hello$/);
  });
});

describe("an application that misbehaves", () => {
  it.each([
    ["a status that HTTP does not have", "HTTP/1.1 099 Odd\r\nContent-Length: 0\r\n\r\n"],
    ["noise", "\x00\x01\x02 hello\r\n\r\n"],
    ["nothing", ""],
  ])("and answers %s gets 502 for its client, and the router goes on", async (_, bytes) => {
    const server = createNetServer((socket) => {
      socket.on("error", () => {});
      socket.once("data", () => socket.end(bytes, "latin1"));
    });
    await test.route([await test.serveWith(server)]);
    expect((await test.ask()).status).toBe(502);
    expect((await test.ask({ method: "POST", body: "x" })).status).toBe(502);
  });

  it("and dies in the middle of a response is seen as that, not as a complete answer", async () => {
    const app = await test.serve((request, response) => {
      response.write("begun");
      setTimeout(() => request.socket.destroy(), 20);
    });
    await test.route([app]);
    await expect(test.ask()).rejects.toMatchObject({ code: "ECONNRESET" });
  });

  it.each([
    ["of known length", {}],
    ["in chunks", { "transfer-encoding": "chunked" }],
  ])("but answers before an upload %s ends is heard", async (_, headers) => {
    const app = await test.serve((_request, response) => {
      response.writeHead(413);
      response.end("too large");
    });
    await test.route([app]);
    const answer = await test.ask({ method: "POST", body: "x".repeat(3_000_000), headers });
    expect(answer).toMatchObject({ status: 413, body: "too large" });
    await expect.poll(() => test.edge.inFlight([app])).toBe(0);
  });
});

describe("a client that goes away", () => {
  it.each(["before", "after"])("ends the application's request, %s the response began", async (when) => {
    let gone: Promise<unknown> = Promise.resolve();
    let began = () => {};
    const beginning = new Promise<void>((resolve) => {
      began = resolve;
    });
    const app = await test.serve((_, response) => {
      gone = once(response, "close");
      if (when === "after") response.write("begun");
      began();
    });
    await test.route([app]);
    const asking = request({ port: test.router.port, headers: { host: "app.example" }, agent: false });
    asking.on("error", () => {});
    asking.end();
    await beginning;
    if (when === "after") await once(asking, "response");
    asking.destroy();
    await gone;
    await expect.poll(() => test.edge.inFlight([app])).toBe(0);
  });
});

describe("streams", () => {
  it("begin before their first byte: an event stream's headers do not wait", async () => {
    const app = await test.serve((_, response) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.flushHeaders();
    });
    await test.route([app]);
    const asking = request({ port: test.router.port, headers: { host: "app.example" }, agent: false });
    asking.on("error", () => {});
    asking.end();
    const [response] = await once(asking, "response");
    expect(response.statusCode).toBe(200);
    asking.destroy();
  });

  it("hold back a sender that is faster than its reader, in both directions", async () => {
    const app = await test.serveWith(createNetServer((socket) => socket.pause()));
    await test.route([app]);
    const client = connect(test.router.port, "127.0.0.1");
    client.write("POST / HTTP/1.1\r\nHost: app.example\r\nContent-Length: 100000000\r\n\r\n");
    client.write(Buffer.alloc(100_000_000));
    await sleep(300);
    const taken = client.bytesWritten - client.writableLength;
    client.destroy();
    expect(taken).toBeLessThan(50_000_000);
  });
});
