/**
 * A whole instance as `npm start` makes it, on ports and in a data directory of its own, for the smoke run and the
 * journeys. What it left on the Docker Engine is found by its instance's label.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pino from "pino";
import { type StartReport, startReportSchema } from "@/contracts/start-report";
import { label } from "@/domain/naming";
import { createDockerEngine } from "@/server/adapters/docker/docker-engine";
import { freePorts } from "./free-ports";
import { removeLabelled } from "./remove-labelled";

export type TestInstance = {
  instanceId: string;
  dataDirectory: string;
  owner: { email: string; password: string };
  report: StartReport;
  /** SIGTERM to the supervisor; resolves with its exit code. Applications keep running. */
  stop(): Promise<number | null>;
  /** Starts it once more after a stop, with the same data and ports. */
  startAgain(): Promise<StartReport>;
  /** Stops it and removes its containers, networks, images and files. */
  destroy(): Promise<void>;
};

/** A first run on a slow machine: it builds the platform and an application. */
const readyTimeoutMs = 15 * 60_000;
const keptOutput = 8000;

/**
 * `output`: takes what `npm start` prints. `settings`: further environment variables of the instance. Rejects with the
 * end of the output where the instance does not get ready.
 */
export async function startInstance(
  output: (text: string) => void = () => {},
  settings: Record<string, string> = {},
): Promise<TestInstance> {
  const instanceId = `test-${randomBytes(4).toString("hex")}`;
  const dataDirectory = mkdtempSync(path.join(tmpdir(), "helvetia-instance-"));
  const owner = { email: "owner@example.com", password: randomBytes(12).toString("base64url") };
  const env = { ...process.env, ...(await environmentOf(instanceId, dataDirectory, owner)), ...settings };
  let supervisor: Supervisor | undefined;
  const start = () => {
    supervisor = startSupervisor(env, output);
    return waitForReport(dataDirectory, supervisor);
  };
  const stop = async () => supervisor?.stop() ?? null;
  const destroy = async () => {
    await stop();
    await removeFromEngine(instanceId);
    rmSync(dataDirectory, { recursive: true, force: true });
  };
  try {
    return { instanceId, dataDirectory, owner, report: await start(), stop, startAgain: start, destroy };
  } catch (error) {
    await destroy();
    throw error;
  }
}

type Supervisor = { child: ChildProcess; stop(): Promise<number | null>; lastOutput(): string };

function startSupervisor(env: NodeJS.ProcessEnv, output: (text: string) => void): Supervisor {
  const child = spawn(process.execPath, ["bin/start.mjs"], { env, stdio: ["ignore", "pipe", "pipe"] });
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  let end = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      end = (end + text).slice(-keptOutput);
      output(text);
    });
  }
  const stop = () => {
    child.kill("SIGTERM");
    return ended;
  };
  return { child, stop, lastOutput: () => end };
}

async function environmentOf(instanceId: string, dataDirectory: string, owner: TestInstance["owner"]) {
  const [web, edge, edgeApi] = await freePorts(3);
  return {
    // Empty: the embedded server, also where the tests themselves use another one.
    DATABASE_URL: "",
    HELVETIA_DATA_DIR: dataDirectory,
    INSTANCE_ID: instanceId,
    OWNER_EMAIL: owner.email,
    OWNER_PASSWORD: owner.password,
    WEB_PORT: String(web),
    EDGE_PORT: String(edge),
    EDGE_API_PORT: String(edgeApi),
  };
}

async function waitForReport(dataDirectory: string, { child, lastOutput }: Supervisor): Promise<StartReport> {
  const file = path.join(dataDirectory, "run/ready.json");
  const deadline = performance.now() + readyTimeoutMs;
  const fail = (reason: string) => new Error(`npm start did not get ready: ${reason}\n${lastOutput()}`);
  while (!existsSync(file)) {
    if (child.exitCode !== null) throw fail(`it ended with exit code ${child.exitCode}`);
    if (performance.now() >= deadline) throw fail(`it took longer than ${readyTimeoutMs / 60_000} minutes`);
    await sleep(20);
  }
  return startReportSchema.parse(JSON.parse(readFileSync(file, "utf8")));
}

async function removeFromEngine(instanceId: string): Promise<void> {
  const engine = createDockerEngine({
    host: process.env.DOCKER_HOST || null,
    addressing: "auto",
    imageMirror: null,
    extraCaCerts: null,
    instanceId,
    log: pino({ level: "silent" }),
  });
  await removeLabelled(engine, { [label.instance]: instanceId });
}
