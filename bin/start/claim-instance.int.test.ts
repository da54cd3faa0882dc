import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { claimInstance, releaseInstance } from "./claim-instance";
import { recordProcess } from "./process-record";
import { processStart } from "./process-table";

let directory: string;
let child: ChildProcess;

beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), "helvetia-claim-"));
  child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
});
afterEach(() => {
  child.kill("SIGKILL");
  rmSync(directory, { recursive: true, force: true });
});

it("refuses a second supervisor, and says which one runs", async () => {
  recordProcess(directory, "supervisor", child.pid ?? 0, 0);
  await expect(claimInstance(directory, ["web"])).rejects.toThrow(`runs already (pid ${child.pid}`);
});

it("ends what a killed supervisor left, and can be claimed again after a release", async () => {
  recordProcess(directory, "worker", child.pid ?? 0, 5000);
  expect(await claimInstance(directory, ["web", "worker"])).toEqual(["worker"]);
  expect(processStart(child.pid ?? 0)).toBeNull();
  releaseInstance(directory);
  expect(await claimInstance(directory, ["web", "worker"])).toEqual([]);
});
