require("node:http")
  .createServer((_request, response) => response.end("never built\n"))
  .listen(Number(process.env.PORT ?? 3000), "0.0.0.0");
