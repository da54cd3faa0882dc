const { createServer } = require("node:http");

const server = createServer((_request, response) => {
  response.writeHead(200, { "content-type": "text/plain; charset=utf-8" }).end("Hello from a Dockerfile of my own.\n");
});
server.listen(Number(process.env.PORT), "0.0.0.0", () => console.log(`listening on port ${process.env.PORT}`));
process.once("SIGTERM", () => server.close(() => process.exit(0)));
