/** What passes through the router unchanged, what it changes, and what it must never pass on. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startTestRouter, type TestRouter } from "@/testing/router";

let test: TestRouter;
beforeEach(async () => {
  test = await startTestRouter();
});
afterEach(() => test.close());

it("keeps method, path, query, Host, body and both sides' headers", async () => {
  const app = await test.serve((request, response) => {
    response.writeHead(201, "Made", ["X-One", "1", "Set-Cookie", "a=1", "Set-Cookie", "b=2"]);
    request.on("data", (chunk) => response.write(chunk));
    request.on("end", () =>
      response.end(` ${request.method} ${request.url} ${request.headers.host} ${request.headers.own}`),
    );
  });
  await test.route([app]);
  const answer = await test.ask({ path: "//a/%2F?q=1&q=2", method: "PUT", body: "body", headers: { Own: "yes" } });
  expect(answer.status).toBe(201);
  expect(answer.body).toBe("body PUT //a/%2F?q=1&q=2 app.example yes");
  expect(answer.headers["set-cookie"]).toEqual(["a=1", "b=2"]);
  expect(answer.rawHeaders).toContain("X-One");
});

it("says who asked, and passes on no header of the connection", async () => {
  const app = await test.serve((request, response) => response.end(JSON.stringify(request.headers)));
  await test.route([app]);
  const headers = { "x-forwarded-for": "203.0.113.9", connection: "close, x-hop", "x-hop": "1", te: "trailers" };
  expect(JSON.parse((await test.ask({ headers })).body)).toEqual({
    host: "app.example",
    connection: "keep-alive",
    "x-forwarded-for": "127.0.0.1",
    "x-forwarded-proto": "http",
    "x-forwarded-host": "app.example",
    "x-forwarded-port": "80",
    "x-real-ip": "127.0.0.1",
  });
});

it("finds the host whatever its case, port or final dot, and in a target that is a whole URL", async () => {
  const app = await test.serve((request, response) => response.end(`${request.headers.host} ${request.url}`));
  await test.route([app]);
  expect((await test.ask({ host: "APP.example.:8080" })).body).toBe("APP.example.:8080 /");
  const answer = await test.send(
    "GET http://app.example/x?y HTTP/1.1\r\nHost: other.example\r\nConnection: close\r\n\r\n",
  );
  expect(answer).toContain("app.example /x?y");
});

it("takes turns among the endpoints", async () => {
  const apps = await Promise.all(["a", "b", "c"].map((name) => test.serve((_, response) => response.end(name))));
  await test.route(apps);
  const bodies: string[] = [];
  for (let index = 0; index < 6; index += 1) bodies.push((await test.ask()).body);
  expect(bodies.join("")).toBe("abcabc");
});

describe("framing", () => {
  it("sends a chunked GET as one request with a body, never as two requests", async () => {
    const seen: string[] = [];
    const app = await test.serve((request, response) => {
      let body = "";
      request.on("data", (chunk) => {
        body += chunk;
      });
      request.on("end", () => {
        seen.push(`${request.method} ${request.url} ${body}`);
        response.end();
      });
    });
    await test.route([app]);
    const smuggled = "GET /admin HTTP/1.1\r\nHost: app.example\r\n\r\n";
    const chunk = `${smuggled.length.toString(16)}\r\n${smuggled}\r\n0\r\n\r\n`;
    await test.send(
      `GET / HTTP/1.1\r\nHost: app.example\r\nConnection: close, transfer-encoding\r\nTransfer-Encoding: chunked\r\n\r\n${chunk}`,
    );
    expect(seen).toEqual([`GET / ${smuggled}`]);
  });

  it.each([
    "Content-Length: 5\r\nTransfer-Encoding: chunked",
    "Content-Length: 5\r\nContent-Length: 6",
    "Host: two.example",
  ])("refuses what two readers could read in two ways: %j", async (headers) => {
    let asked = 0;
    const app = await test.serve((_, response) => {
      asked += 1;
      response.end();
    });
    await test.route([app]);
    const answer = await test.send(
      `POST / HTTP/1.1\r\nHost: app.example\r\n${headers}\r\nConnection: close\r\n\r\n0\r\n\r\n`,
    );
    expect(answer).toMatch(/^HTTP\/1.1 400 /);
    expect(asked).toBe(0);
  });

  it("answers HEAD, 204 and 304 without a body and keeps the connection", async () => {
    const app = await test.serve((request, response) => {
      response.statusCode = Number(request.url?.slice(1));
      response.setHeader("etag", "x");
      if (request.method === "HEAD") response.setHeader("content-length", 1_000);
      response.end();
    });
    await test.route([app]);
    const head = (line: string, last = "") => `${line} HTTP/1.1\r\nHost: app.example\r\n${last}\r\n`;
    const answer = await test.send(
      head("HEAD /200") + head("GET /204") + head("GET /304") + head("GET /200", "Connection: close\r\n"),
    );
    expect(answer.match(/HTTP\/1\.1 \d+/g)).toEqual(["HTTP/1.1 200", "HTTP/1.1 204", "HTTP/1.1 304", "HTTP/1.1 200"]);
    expect(answer).toContain("content-length: 1000");
  });

  it("closes for a client that asks for it, and for HTTP/1.0", async () => {
    const app = await test.serve((_, response) => {
      response.write("a");
      setTimeout(() => response.end("b"), 10);
    });
    await test.route([app]);
    const modern = await test.send("GET / HTTP/1.1\r\nHost: app.example\r\nConnection: close\r\n\r\n");
    expect(modern).toMatch(/connection: close/i);
    const old = await test.send("GET / HTTP/1.0\r\nHost: app.example\r\n\r\n");
    expect(old).toMatch(/\r\n\r\nab$/);
  });

  it("passes over an offer of HTTP/2 and answers the request as it is", async () => {
    const app = await test.serve((_, response) => response.end("plain"));
    await test.route([app]);
    const answer = await test.ask({
      headers: { connection: "Upgrade, HTTP2-Settings", upgrade: "h2c", "http2-settings": "" },
    });
    expect(answer.body).toBe("plain");
  });

  it("refuses headers larger than the limit: 431", async () => {
    const answer = await test.send(`GET / HTTP/1.1\r\nHost: app.example\r\nX: ${"x".repeat(40_000)}\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1.1 431 /);
  });
});

describe("100 Continue", () => {
  const body = "0123456789";
  const upload = `POST / HTTP/1.1\r\nHost: app.example\r\nExpect: 100-continue\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n`;

  it("comes when the application says so", async () => {
    const app = await test.serve((request, response) => {
      request.on("data", (chunk) => response.write(`got ${chunk}`));
      request.on("end", () => response.end());
    });
    await test.route([app]);
    const answer = await test.send(upload + body);
    expect(answer).toMatch(/^HTTP\/1.1 100 Continue\r\n\r\nHTTP\/1.1 200 OK/);
    expect(answer).toContain(`got ${body}`);
  });

  it("does not come when the application refuses the body", async () => {
    const { createServer } = await import("node:http");
    const server = createServer();
    server.on("checkContinue", (_request, response) => {
      response.writeHead(413, { connection: "close" });
      response.end("too large");
    });
    await test.route([await test.serveWith(server)]);
    expect(await test.send(upload)).toMatch(/^HTTP\/1.1 413 /);
  });
});
