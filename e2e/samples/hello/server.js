// A small web server without dependencies. Change something, commit, deploy, and watch the page change.
import { createServer } from "node:http";
import { routes } from "./routes.js";
import { acceptWebSocket, closeWebSockets } from "./web-socket.js";

const port = Number(process.env.PORT ?? 3000);
const stopping = new AbortController();

const server = createServer((request, response) => {
  const url = new URL(request.url ?? "/", "http://localhost");
  const route = routes[`${request.method === "HEAD" ? "GET" : request.method} ${url.pathname}`];
  if (route === undefined) {
    response.writeHead(404, { "content-type": "text/plain; charset=utf-8" }).end("Nothing here.\n");
    return;
  }
  route(request, response, url, stopping.signal);
});

server.on("upgrade", (request, socket, head) => {
  if (request.url === "/ws") acceptWebSocket(request, socket, head);
  else socket.end("HTTP/1.1 404 Not Found\r\nconnection: close\r\n\r\n");
});

server.listen(port, "0.0.0.0", () => console.log(`hello listens on port ${port}`));

// Requests under way are finished; streams and WebSockets are told that it is over.
process.once("SIGTERM", () => {
  console.log("hello stops");
  stopping.abort();
  closeWebSockets();
  server.close(() => process.exit(0));
});
