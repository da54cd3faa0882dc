/** The life of an instance as a person has it: first run, a supervisor that is killed, the next start, the stop. */
import { readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import http from "node:http";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { label } from "@/domain/naming";
import { createTestEngine, describeWithDocker } from "@/testing/docker";
import { startInstance, type TestInstance } from "@/testing/instance";
import { findRecorded } from "./start/process-record";
import { processStart } from "./start/process-table";

const platform = ["web", "worker", "edge"];

describeWithDocker("npm start", () => {
  let instance: TestInstance;
  const pidOf = (name: string) => findRecorded(path.join(instance.dataDirectory, "run"), name)?.pid ?? 0;
  const postgresPid = () =>
    Number(readFileSync(path.join(instance.dataDirectory, "postgres/data/postmaster.pid"), "utf8").split("\n")[0]);

  beforeAll(async () => {
    instance = await startInstance();
  }, 900_000);
  afterAll(() => instance?.destroy(), 120_000);

  /** Status of the sample, asked by its host name at the router. */
  function askSample(url: string): Promise<number> {
    return new Promise((resolve) => {
      const request = http.get(instance.report.routerUrl, { headers: { host: new URL(url).host } }, (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      });
      request.on("error", () => resolve(0));
    });
  }

  it("leads from nothing to an application that answers, and says how long each step took", async () => {
    const { report } = instance;
    expect(report.steps.map((step) => step.label.trim())).toEqual(
      expect.arrayContaining(["PostgreSQL", "Docker", "Build", "Web", "Worker", "Router", "Building", "Sample"]),
    );
    expect(await askSample(report.applicationUrl ?? "")).toBe(200);
    expect((await fetch(`${report.dashboardUrl}/sign-in`)).status).toBe(200);
  });

  it("keeps its secrets to itself", () => {
    for (const file of ["secret.key", "instance.json", "postgres/cluster.json"]) {
      expect(statSync(path.join(instance.dataDirectory, file)).mode & 0o077).toBe(0);
    }
    expect(readdirSync(instance.dataDirectory)).not.toContain("first-run-password");
  });

  it("goes on when its supervisor is killed, and the next start takes over within ten seconds", async () => {
    const before = platform.map(pidOf);
    const postgres = postgresPid();
    process.kill(pidOf("supervisor"), "SIGKILL");
    await instance.stop();
    expect(await askSample(instance.report.applicationUrl ?? "")).toBe(200);
    expect((await fetch(`${instance.report.dashboardUrl}/api/ready`)).status).toBe(200);

    rmSync(path.join(instance.dataDirectory, "run/ready.json"));
    const again = await instance.startAgain();
    expect(again.readyMs).toBeLessThan(10_000);
    expect(again.applicationUrl).toBeNull();
    expect(postgresPid()).toBe(postgres);
    expect(before.filter((pid) => processStart(pid) !== null)).toEqual([]);
    expect(await askSample(instance.report.applicationUrl ?? "")).toBe(200);
  });

  it("stops all that it started when it is asked, and leaves the application running", async () => {
    const pids = [...platform.map(pidOf), postgresPid()];
    expect(await instance.stop()).toBe(0);
    expect(pids.filter((pid) => processStart(pid) !== null)).toEqual([]);
    const { engine } = createTestEngine();
    const containers = await engine.listContainers({ [label.instance]: instance.instanceId });
    expect(containers.map(({ status }) => status)).toEqual(["running"]);
  });
});
