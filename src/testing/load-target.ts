/**
 * An application for tests of the router, run as a process of its own: `node load-target.ts VERSION`. It prints its
 * port. It stops the way many applications do: at once, on SIGTERM, with whatever is under way.
 */
import { createHash } from "node:crypto";
import { createServer, type ServerResponse } from "node:http";
import { buffer } from "node:stream/consumers";
import { WebSocketServer } from "ws";

const [, , version = "?"] = process.argv;

function streamEvents(response: ServerResponse): void {
  response.writeHead(200, { "content-type": "text/event-stream" });
  let count = 0;
  const timer = setInterval(() => response.write(`data: ${version} ${count++}\n\n`), 10);
  response.once("close", () => clearInterval(timer));
}

const server = createServer(async (request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? "/", "http://localhost");
  if (pathname === "/events") return streamEvents(response);
  if (pathname === "/slow") {
    const parts = Number(searchParams.get("parts"));
    for (let part = 0; part < parts; part += 1) {
      response.write(`${version} ${part}\n`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return response.end();
  }
  const body = await buffer(request);
  response.setHeader("x-version", version);
  response.end(body.length === 0 ? version : `${version} ${createHash("sha256").update(body).digest("hex")}`);
});
const sockets = new WebSocketServer({ server, path: "/socket" });
sockets.on("connection", (socket) => socket.on("message", (data) => socket.send(`${version} ${data}`)));
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  process.stdout.write(`${typeof address === "object" ? address?.port : ""}\n`);
});
