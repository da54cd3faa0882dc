import express from "express";

const app = express();
app.disable("x-powered-by");
app.get("/", (_request, response) => response.json({ hello: "from Express", greeting: process.env.GREETING ?? null }));
app.get("/health", (_request, response) => response.json({ status: "ok" }));

const server = app.listen(Number(process.env.PORT ?? 3000), "0.0.0.0", () => console.log("express listens"));
process.once("SIGTERM", () => server.close(() => process.exit(0)));
