import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { findRecorded } from "./process-record";
import { processStart } from "./process-table";
import { type Program, type Supervised, supervise } from "./supervised-program";

let directory: string;
let said: string[];
let running: Supervised | null;
const abort = new AbortController().signal;

beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), "helvetia-supervise-"));
  said = [];
  running = null;
});
afterEach(async () => {
  await running?.stop();
  rmSync(directory, { recursive: true, force: true });
});

/** Its script adds a line to `starts` each time it begins. */
function start(script: string, change: Partial<Program> = {}): Supervised {
  const file = path.join(directory, "program.mjs");
  writeFileSync(file, `import fs from "node:fs"; fs.appendFileSync("starts", process.pid + "\\n"); ${script}`);
  const program: Program = {
    name: "worker",
    command: process.execPath,
    args: [file],
    cwd: directory,
    env: process.env,
    isReady: async () => starts().length > 0,
    stopGraceMs: 5000,
    ...change,
  };
  const options = {
    runDirectory: path.join(directory, "run"),
    logFile: path.join(directory, "log"),
    say: (text: string) => said.push(text),
  };
  running = supervise(program, options);
  return running;
}

function starts(): number[] {
  try {
    return readFileSync(path.join(directory, "starts"), "utf8").trim().split("\n").map(Number);
  } catch {
    return [];
  }
}

it("starts a killed process again, says so, and records the new one", async () => {
  const program = start("setInterval(() => {}, 1000)");
  await program.ready(abort);
  process.kill(starts()[0] ?? 0, "SIGKILL");
  await expect.poll(() => starts().length, { timeout: 5000 }).toBe(2);
  expect(said).toEqual([expect.stringMatching(/^worker ended \(SIGKILL\); starting it again at once/)]);
  await expect.poll(() => findRecorded(path.join(directory, "run"), "worker")?.pid).toBe(starts()[1]);
});

it("waits for a program to say that it is ready", async () => {
  const script =
    "setTimeout(() => { fs.writeFileSync('ready', ''); process.send('ready'); }, 200); setInterval(() => {}, 1000)";
  await start(script, { isReady: "message" }).ready(abort);
  expect(existsSync(path.join(directory, "ready"))).toBe(true);
});

it("gives up on one that ends again and again before it answers, with the end of its log", async () => {
  const program = start("console.log('no key'); process.exit(3)", { isReady: async () => false });
  await expect(program.ready(abort)).rejects.toThrow(/worker does not start:[\s\S]*no key/);
  expect(said[0]).toContain("exit code 3");
});

it("stops it for good, by force where it does not listen", async () => {
  const program = start("process.on('SIGTERM', () => {}); setInterval(() => {}, 1000)", { stopGraceMs: 200 });
  await program.ready(abort);
  await program.stop();
  expect(processStart(starts()[0] ?? 0)).toBeNull();
  expect(starts()).toHaveLength(1);
  expect(said).toEqual(["worker did not stop within 0.2 s and was killed."]);
});
