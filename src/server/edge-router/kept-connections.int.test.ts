/** Connections to applications that wait for another request: when they are used again, and when never. */
import { once } from "node:events";
import { createServer, type Socket } from "node:net";
import { afterEach, beforeEach, expect, it } from "vitest";
import { startTestRouter, type TestRouter } from "@/testing/router";

let test: TestRouter;
beforeEach(async () => {
  test = await startTestRouter();
});
afterEach(() => test.close());

/** Answers the first request of a connection, and resets the connection on the second. */
const forgetful = () => {
  const seen: string[] = [];
  const server = createServer((socket) => {
    let requests = 0;
    socket.on("error", () => {});
    socket.on("data", (data) => {
      const line = String(data).split(" HTTP", 1)[0] ?? "";
      requests += 1;
      seen.push(`${line} #${requests}`);
      if (requests > 1) return void socket.resetAndDestroy();
      socket.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    });
  });
  return { server, seen };
};

it("are used again", async () => {
  const connections = new Set<Socket>();
  const app = await test.serve((request, response) => {
    connections.add(request.socket);
    response.end("ok");
  });
  await test.route([app]);
  for (let index = 0; index < 3; index += 1) await test.ask();
  expect(connections.size).toBe(1);
});

it("that the application just closed cost a GET nothing: it is asked again on a new one", async () => {
  const { server, seen } = forgetful();
  await test.route([await test.serveWith(server)]);
  await test.ask({ path: "/first" });
  expect(await test.ask({ path: "/second" })).toMatchObject({ status: 200, body: "ok" });
  expect(seen).toEqual(["GET /first #1", "GET /second #2", "GET /second #1"]);
});

it("are never used for what may not be sent twice", async () => {
  const { server, seen } = forgetful();
  await test.route([await test.serveWith(server)]);
  await test.ask({ path: "/first" });
  expect(await test.ask({ path: "/second", method: "POST", body: "x" })).toMatchObject({ status: 200 });
  expect(await test.ask({ path: "/third", method: "DELETE" })).toMatchObject({ status: 200 });
  expect(seen).toEqual(["GET /first #1", "POST /second #1", "DELETE /third #1"]);
});

it("are closed once their endpoint is no longer routed", async () => {
  const sockets: Socket[] = [];
  const app = await test.serve((request, response) => {
    sockets.push(request.socket);
    response.end("ok");
  });
  await test.route([app]);
  await test.ask();
  const closed = once(sockets[0] as Socket, "close");
  await test.route([], { releaseId: null, state: "stopped" });
  await closed;
  expect(await test.edge.inFlight([app])).toBe(0);
});

it("may carry an answer that is silent for longer than a connection may wait idle", async () => {
  const app = await test.serve((request, response) => {
    setTimeout(() => response.end("late"), request.url === "/late" ? 4_500 : 0);
  });
  await test.route([app]);
  await test.ask();
  const late = [test.ask({ path: "/late" }), test.ask({ path: "/late" }), test.ask({ path: "/late", method: "POST" })];
  expect((await Promise.all(late)).map(({ status, body }) => `${status} ${body}`)).toEqual(Array(3).fill("200 late"));
});
