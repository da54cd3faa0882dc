import Fastify from "fastify";

const app = Fastify({ logger: true });
app.get("/", async () => ({ hello: "from Fastify, by pnpm" }));
app.get("/health", async () => ({ status: "ok" }));
await app.listen({ port: Number(process.env.PORT ?? 3000), host: "0.0.0.0" });
process.once("SIGTERM", () => app.close());
