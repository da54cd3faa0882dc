/**
 * The same work by hand: git clone, docker build, docker run, until the first answer. Two builders are offered, as a
 * person has them: the docker command's (its classic builder where no buildx is installed) and BuildKit through the
 * Engine's API; the faster one is what the platform is compared with.
 */
import { execFile } from "node:child_process";
import { rm } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { freePorts } from "@/testing/free-ports";
import { untilVersion } from "@/testing/traffic";

const execute = promisify(execFile);
const run = (command: string, args: string[], cwd?: string) =>
  execute(command, args, { cwd, maxBuffer: 64 << 20, env: { ...process.env, GIT_TERMINAL_PROMPT: "0" } });

export type Builder = "docker build" | "BuildKit";

export const mark = "cloud.helvetia.bench=1";

export type ByHand = {
  /** Clone, build, run. Milliseconds until the first answer of this version. */
  first(version: string): Promise<number>;
  /** Where the time of the first went, in milliseconds. */
  readonly parts: { clone: number; build: number; run: number };
  /** Pull, build, run in place of what runs. */
  change(version: string): Promise<number>;
  /** Runs the image that is there in place of what runs: the application's own start. */
  start(version: string): Promise<number>;
  remove(): Promise<void>;
};

export async function workByHand(options: {
  name: string;
  url: string;
  directory: string;
  builder: Builder;
}): Promise<ByHand> {
  const { name, url, directory, builder } = options;
  const [port = 0] = await freePorts(1);
  const source = path.join(directory, "app");
  const build = () => (builder === "BuildKit" ? buildThroughApi(source, name) : buildByCommand(source, name));
  const serve = async (version: string) => {
    await run("docker", ["run", "-d", "--name", name, "--label", mark, "-p", `127.0.0.1:${port}:3000`, name]);
    await untilVersion({ host: "127.0.0.1", port }, "localhost", version);
  };
  const parts = { clone: 0, build: 0, run: 0 };
  const stop = () => run("docker", ["rm", "-f", name]).catch(() => undefined);
  return {
    first: (version) =>
      timed(async () => {
        parts.clone = await timed(() => run("git", ["clone", "-q", url, directory]));
        parts.build = await timed(build);
        parts.run = await timed(() => serve(version));
      }),
    change: (version) =>
      timed(async () => {
        await run("git", ["pull", "-q"], directory);
        await build();
        await stop();
        await serve(version);
      }),
    start: async (version) => {
      await stop();
      return timed(() => serve(version));
    },
    parts,
    async remove() {
      await stop();
      await run("docker", ["rmi", "-f", name]).catch(() => undefined);
      await rm(directory, { recursive: true, force: true });
    },
  };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

const buildByCommand = (source: string, name: string) =>
  run("docker", ["build", "-q", "--label", mark, "-t", name, source]);

/** `tar c . | curl --data-binary @- .../build?version=2`, as one would type it. */
async function buildThroughApi(source: string, name: string): Promise<void> {
  const socket = (process.env.DOCKER_HOST ?? "unix:///var/run/docker.sock").replace(/^unix:\/\//, "");
  const archive = `${source}.tar`;
  await run("tar", ["cf", archive, "-C", source, "."]);
  const query = new URLSearchParams({
    version: "2",
    t: name,
    labels: JSON.stringify({ [mark.split("=")[0] ?? ""]: "1" }),
  });
  const headers = ["-H", "content-type: application/x-tar"];
  const { stdout } = await run("curl", [
    ...["-sS", "--unix-socket", socket, "-X", "POST", ...headers],
    ...["--data-binary", `@${archive}`, `http://docker/build?${query}`],
  ]);
  if (stdout.includes('"errorDetail"')) throw new Error(`BuildKit: ${stdout.slice(-500)}`);
}
