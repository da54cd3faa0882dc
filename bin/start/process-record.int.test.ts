import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { endProcess, findRecorded, forgetProcess, recordProcess } from "./process-record";
import { processStart } from "./process-table";

let directory: string;
let children: ChildProcess[];

beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), "helvetia-records-"));
  children = [];
});
afterEach(() => {
  for (const child of children) child.kill("SIGKILL");
  rmSync(directory, { recursive: true, force: true });
});

async function run(script: string): Promise<number> {
  const child = spawn(process.execPath, ["-e", `${script}; setInterval(() => {}, 1000); console.log("up")`]);
  children.push(child);
  await new Promise((resolve) => child.stdout.once("data", resolve));
  return child.pid ?? 0;
}

it("finds a recorded process while it lives", async () => {
  const pid = await run("");
  recordProcess(directory, "web", pid, 0);
  expect(findRecorded(directory, "web")?.pid).toBe(pid);
  process.kill(pid, "SIGKILL");
  await expect.poll(() => findRecorded(directory, "web")).toBeNull();
});

it("does not take another process of the same pid for the recorded one", async () => {
  const pid = await run("");
  writeFileSync(path.join(directory, "web.json"), JSON.stringify({ pid, start: "1" }));
  expect(findRecorded(directory, "web")).toBeNull();
});

it("does not forget a successor", async () => {
  const pid = await run("");
  recordProcess(directory, "web", pid, 0);
  forgetProcess(directory, "web", pid + 1);
  expect(findRecorded(directory, "web")?.pid).toBe(pid);
  forgetProcess(directory, "web", pid);
  expect(findRecorded(directory, "web")).toBeNull();
});

it.each([
  ["ends one that stops when it is asked", "", "ended"],
  ["kills one that does not", "process.on('SIGTERM', () => {})", "killed"],
])("%s", async (_name, script, expected) => {
  const pid = await run(script);
  const start = processStart(pid) ?? "";
  expect(await endProcess({ pid, start, stopGraceMs: 300 })).toBe(expected);
  expect(processStart(pid)).toBeNull();
});
