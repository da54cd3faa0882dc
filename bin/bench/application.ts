/** The application that is deployed over and over: a small Node server with one dependency, as a Dockerfile project. */
import { randomBytes } from "node:crypto";
import type { TestRepository } from "@/testing/git-server";
import type { Bench } from "./bench";

export type Application = {
  serviceId: string;
  /** Its host name, without port. */
  host: string;
  repository: TestRepository;
  /** Commits the application with this version, which it answers with. A broken one ends as soon as it starts. */
  commit(version: string, options?: { broken?: boolean }): Promise<string>;
};

/** What it answers: its version at /, ten seconds of parts at /slow, events at /events, a WebSocket that ticks. */
const server = (version: string, broken: boolean) => `
const http = require("node:http");
const { createHash } = require("node:crypto");
const ms = require("ms");
const version = ${JSON.stringify(version)};
${broken ? 'console.error("this version is broken"); process.exit(1);' : ""}
const server = http.createServer((request, response) => {
  if (request.url === "/events") {
    response.writeHead(200, { "content-type": "text/event-stream" });
    const timer = setInterval(() => response.write("data: " + version + "\\n\\n"), ms("100ms"));
    return response.once("close", () => clearInterval(timer));
  }
  if (request.url === "/slow") {
    let part = 0;
    const timer = setInterval(() => {
      response.write(version + " " + part + "\\n");
      part += 1;
      if (part === 100) { clearInterval(timer); response.end(); }
    }, ms("100ms"));
    return;
  }
  const hash = createHash("sha256");
  let length = 0;
  request.on("data", (chunk) => { hash.update(chunk); length += chunk.length; });
  request.on("end", () => response.end(length === 0 ? version : version + " " + hash.digest("hex")));
});
server.on("upgrade", (request, socket) => {
  const accept = createHash("sha1").update(request.headers["sec-websocket-key"] + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").digest("base64");
  socket.write("HTTP/1.1 101 Switching Protocols\\r\\nUpgrade: websocket\\r\\nConnection: Upgrade\\r\\nSec-WebSocket-Accept: " + accept + "\\r\\n\\r\\n");
  const timer = setInterval(() => socket.write(Buffer.concat([Buffer.from([0x81, version.length]), Buffer.from(version)])), ms("100ms"));
  socket.on("error", () => {});
  socket.on("close", () => clearInterval(timer));
});
server.listen(process.env.PORT || 3000);
`;

const dockerfile = `FROM node:24-slim
WORKDIR /app
COPY package.json ./
RUN npm install --omit=dev --no-audit --no-fund
COPY . .
ENV PORT=3000
EXPOSE 3000
CMD ["node", "server.js"]
`;

/** The files, whose layers nothing else has in its cache: `nonce` is part of what the first step copies. */
export function applicationFiles(version: string, nonce: string, broken = false): Record<string, string> {
  const manifest = { name: "bench", version: "1.0.0", description: nonce, dependencies: { ms: "2.1.3" } };
  return {
    "app/Dockerfile": dockerfile,
    "app/package.json": `${JSON.stringify(manifest, null, 2)}\n`,
    "app/server.js": server(version, broken),
    "README.md": `Version ${version}\n`,
  };
}

export const rootDirectory = "app";

/** Creates the service; with `deploy` its first deployment begins at once. */
export async function createApplication(
  bench: Bench,
  name: string,
  options: { replicas?: number; version?: string; deploy?: boolean } = {},
): Promise<Application> {
  const nonce = randomBytes(8).toString("hex");
  const repository = await bench.git.createRepository(`${name}-${nonce}`);
  const commit: Application["commit"] = (version, { broken = false } = {}) =>
    repository.commit(applicationFiles(version, nonce, broken), { message: `Version ${version}` });
  await commit(options.version ?? "v0");
  const created = await bench.dashboard.api.service.create.mutate(
    serviceInput(bench, name, repository.url, options.replicas ?? 1, options.deploy ?? true),
  );
  const service = await bench.dashboard.api.service.get.query({ serviceId: created.id });
  return { serviceId: created.id, host: new URL(service.url).hostname, repository, commit };
}

function serviceInput(bench: Bench, name: string, url: string, replicas: number, deploy: boolean) {
  return {
    projectId: bench.project.id,
    environmentId: bench.project.environmentId,
    name,
    source: { type: "git" as const, url, branch: "main", rootDirectory },
    build: { builder: "dockerfile" as const },
    runtime: { port: 3000, health: { check: { type: "http" as const, path: "/" } }, memoryMib: 128, replicas },
    deploy,
  };
}
