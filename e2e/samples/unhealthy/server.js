const { createServer } = require("node:http");

const server = createServer((request, response) => {
  const broken = request.url === "/health";
  response.writeHead(broken ? 500 : 200, { "content-type": "text/plain" });
  response.end(broken ? "the database does not answer\n" : "I look fine.\n");
});
server.listen(Number(process.env.PORT ?? 3000), "0.0.0.0", () => console.log("listening, but not well"));
process.once("SIGTERM", () => server.close(() => process.exit(0)));
