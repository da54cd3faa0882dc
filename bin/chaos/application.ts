/** Services of the chaos run: a small Node server whose every version can be told by what it answers. */
import type { TestRepository } from "@/testing/git-server";
import type { World } from "./world";

export type Application = { id: string; name: string; host: string; repository: TestRepository };

/** How a version behaves: well, ending at once, or never answering. */
export type Behaviour = "good" | "crashing" | "silent";

const source = (version: string, behaviour: Behaviour) => `
const version = ${JSON.stringify(version)};
console.log("starting", version);
${behaviour === "crashing" ? 'console.error("this version is broken"); process.exit(3);' : ""}
const server = require("node:http").createServer((request, response) => {
  request.resume().on("end", () => response.end(version));
});
server.listen(${behaviour === "silent" ? 1 : "process.env.PORT"});
process.on("SIGTERM", () => server.close(() => process.exit()));
`;

/** The step takes a moment, so that deployments are caught in the middle of a build. It needs no network. */
const dockerfile = `FROM node:24-slim
WORKDIR /app
COPY server.js ./
RUN sleep 1
CMD ["node", "server.js"]
`;

export function commitVersion(application: Application, version: string, behaviour: Behaviour = "good") {
  const files = { Dockerfile: dockerfile, "server.js": source(version, behaviour) };
  return application.repository.commit(files, { message: version });
}

/** A service without a deployment; its repository has its first commit. */
export async function createApplication(world: World, name: string): Promise<Application> {
  const { dashboard, project } = world;
  const repository = await world.git.createRepository(name);
  await commitVersion({ id: "", name, host: "", repository }, `${name}-0`);
  const { id } = await dashboard.api.service.create.mutate({
    projectId: project.id,
    environmentId: project.environmentId,
    name,
    source: { type: "git", url: repository.url, branch: "main", rootDirectory: "" },
    build: { builder: "dockerfile" },
    runtime: { port: 3000, health: { check: { type: "http" as const, path: "/" } }, memoryMib: 128, replicas: 1 },
    deploy: false,
  });
  const { url } = await dashboard.api.service.get.query({ serviceId: id });
  return { id, name, host: new URL(url).hostname, repository };
}
