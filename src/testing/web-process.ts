/** The web process as npm start runs it: the production build, a real database, nothing but HTTP in between. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { testSecretKey } from "./factories";
import { freePorts } from "./free-ports";

export type WebProcess = {
  url: string;
  child: ChildProcess;
  /** What it printed so far. */
  output(): string;
  /** Kills it where it still runs. */
  kill(): Promise<void>;
};

const readyWithinMs = 30_000;

/** `build`: the directory of a build (bin/start/build-application). Resolves once it is ready. */
export async function startWebProcess(build: string, databaseUrl: string): Promise<WebProcess> {
  const [port] = await freePorts(1);
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(process.execPath, [path.join(build, "web/server.js")], {
    env: {
      PATH: process.env.PATH,
      NODE_ENV: "production",
      DATABASE_URL: databaseUrl,
      SECRET_KEY: testSecretKey.reveal(),
      PUBLIC_URL: url,
      HOSTNAME: "127.0.0.1",
      PORT: String(port),
    },
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (data: Buffer) => (output += data));
  const isOver = () => child.exitCode !== null || child.signalCode !== null;
  const deadline = performance.now() + readyWithinMs;
  while (!(await fetch(`${url}/api/ready`).catch(() => null))?.ok) {
    if (isOver() || performance.now() > deadline) throw new Error(`the web process is not ready:\n${output}`);
    await sleep(100);
  }
  return {
    url,
    child,
    output: () => output,
    async kill() {
      if (isOver()) return;
      const exited = once(child, "exit");
      child.kill("SIGKILL");
      await exited;
    },
  };
}
