/** The sample application in a repository of its own, and what its developer may do to it. Each commit is the sample with one thing changed. */
import path from "node:path";
import { readDirectoryFiles } from "@/server/git/directory-files";
import type { TestGitServer } from "@/testing/git-server";

export type Application = {
  url: string;
  /** Commits the sample as this version. Each of these returns the commit's id. */
  commitVersion(version: string, message: string): Promise<string>;
  /** One that ends right after its start, with exit code 3. */
  commitCrash(message: string): Promise<string>;
  /** One whose health path answers 503. */
  commitUnhealthy(message: string): Promise<string>;
  /** One whose build ends with exit code 7. */
  commitBrokenBuild(message: string): Promise<string>;
  /**
   * One whose build writes four lines a second. `mark` stands in the command line of its process, and must be another
   * one in every run: what was built before is not built again.
   */
  commitSlowBuild(build: { version: string; seconds: number; mark: string }, message: string): Promise<string>;
  /** One that writes every request into its log. */
  commitTalkative(message: string): Promise<string>;
};

const sample = path.join(import.meta.dirname, "../samples/hello");

export async function createApplication(server: TestGitServer, name: string): Promise<Application> {
  const repository = await server.createRepository(name);
  const files = await readDirectoryFiles(sample);
  const read = (file: string) => String(files.get(file)?.content);
  const commit = (changed: Record<string, string>, message: string) =>
    repository.commit({ ...Object.fromEntries(files), ...changed }, { message, replaceAll: true });

  return {
    url: repository.url,
    commitVersion: (version, message) =>
      commit({ "package.json": manifest(read("package.json"), { version }) }, message),
    commitCrash: (message) => commit({ "server.js": crash }, message),
    commitUnhealthy: (message) =>
      commit({ "routes.js": read("routes.js").replace(/"GET \/health": .*/, unhealthyRoute) }, message),
    commitBrokenBuild: (message) =>
      commit({ "package.json": manifest(read("package.json"), { build: "echo compiling && exit 7" }) }, message),
    commitSlowBuild({ version, seconds, mark }, message) {
      const build = `node slow-build.js ${seconds} ${mark}`;
      return commit(
        { "package.json": manifest(read("package.json"), { version, build }), "slow-build.js": slowBuild },
        message,
      );
    },
    commitTalkative: (message) => commit({ "server.js": `${read("server.js")}\n${talk}` }, message),
  };
}

function manifest(original: string, { version, build }: { version?: string; build?: string }): string {
  const { scripts, ...rest } = JSON.parse(original);
  const changed = { ...rest, ...(version && { version }), scripts: { ...scripts, ...(build && { build }) } };
  return `${JSON.stringify(changed, null, 2)}\n`;
}

const crash = 'console.error("no database to be found");\nprocess.exit(3);\n';

const unhealthyRoute = '"GET /health": (_request, response) => response.writeHead(503).end("the database is away"),';

const talk = 'server.on("request", ({ method, url }) => console.log("asked for", method, url));\n';

const slowBuild = `
const lines = Number(process.argv[2]) * 4;
for (let line = 1; line <= lines; line++) {
  console.log(\`compiled part \${line}\`);
  await new Promise((resolve) => setTimeout(resolve, 250));
}
`;
