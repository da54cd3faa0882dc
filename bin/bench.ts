/**
 * `npm run bench [-- SECTION...] [--json FILE]`: the platform's promises as numbers, measured side by side in one run
 * against a whole instance of its own. Prints a table, writes JSON, removes what it made. Exits with 1 where a promise
 * is not kept or a section could not measure.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { openDashboard } from "@/testing/dashboard";
import { startTestGitServer } from "@/testing/git-server";
import { startInstance } from "@/testing/instance";
import type { Bench, Section } from "./bench/bench";
import { busyness, describeMachine } from "./bench/machine";
import { measureCancel } from "./bench/measure-cancel";
import { measureConcurrency } from "./bench/measure-concurrency";
import { measureDeploy } from "./bench/measure-deploy";
import { measureHungryBuild } from "./bench/measure-hungry-build";
import { measureLatency } from "./bench/measure-latency";
import { measureList } from "./bench/measure-list";
import { measureLoad } from "./bench/measure-load";
import { measureLogs } from "./bench/measure-logs";
import { measureIdleMemory, measureMemoryAfter } from "./bench/measure-memory";
import { measureRecovery } from "./bench/measure-recovery";
import { measureRollback } from "./bench/measure-rollback";
import { measureRouter } from "./bench/measure-router";
import { measureScale } from "./bench/measure-scale";
import { measureStart } from "./bench/measure-start";
import { isMet, type Measurement } from "./bench/measurement";
import { renderTable } from "./bench/render-table";
import { createProgress } from "./start/progress.mjs";
import { listenForStop } from "./start/stop-request";

/** In this order: the first needs an instance that did nothing yet, the last one that did all. */
const sections: Section[] = [
  measureIdleMemory,
  measureStart,
  measureDeploy,
  measureRollback,
  measureLatency,
  measureRouter,
  measureConcurrency,
  measureCancel,
  measureRecovery,
  measureLoad,
  measureHungryBuild,
  measureList,
  measureLogs,
  measureScale,
  measureMemoryAfter,
];

const progress = createProgress(process.stdout);
const stop = listenForStop(() => process.exit(130));
const { values, positionals } = parseArgs({ options: { json: { type: "string" } }, allowPositionals: true });
const unknown = positionals.filter((name) => !sections.some((section) => section.name === name));
if (unknown.length > 0) {
  progress.fail(`There is no section "${unknown[0]}".`, `Sections: ${sections.map(({ name }) => name).join(", ")}`);
  process.exit(2);
}

const busy = busyness();
if (busy > 0.5)
  progress.note(`The machine is busy (${busy.toFixed(1)} processes for each core): the numbers say little.`);

/** With one warm release kept, the second newest is warm and the third is not: both kinds of rollback can be had at will. */
const settings = { WARM_RELEASES_PER_SERVICE: "1", HEALTH_TIMEOUT_SECONDS: "30", LOG_LEVEL: "warn" };

async function openBench(say: (text: string) => void): Promise<{ bench: Bench; close: () => Promise<void> }> {
  const instance = await startInstance(() => {}, settings);
  const git = await startTestGitServer();
  const close = async () => {
    await git.close();
    await instance.destroy();
  };
  try {
    const dashboard = await openDashboard(instance.report.dashboardUrl, instance.owner);
    const { organizations } = await dashboard.api.viewer.get.query();
    const organizationId = organizations[0]?.id ?? "";
    const { id, environments } = await dashboard.api.project.create.mutate({ organizationId, name: "Bench" });
    const { hostname: host, port } = new URL(instance.report.routerUrl);
    const project = { id, organizationId, environmentId: environments[0]?.id ?? "" };
    return { bench: { instance, dashboard, git, router: { host, port: Number(port) }, project, say }, close };
  } catch (error) {
    await close();
    throw error;
  }
}

const measured: Measurement[] = [];
const failures: string[] = [];
const chosen = sections.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
const { bench, close } = await progress
  .step("Instance", async ({ detail }) => {
    const opened = await openBench((text) => progress.print(`    ${text}`));
    detail(opened.bench.instance.report.dashboardUrl);
    return opened;
  })
  .catch((error: unknown): never => {
    progress.fail("There is no instance to measure.", error instanceof Error ? error.message : String(error));
    process.exit(1);
  });
try {
  for (const section of chosen) {
    if (stop.signal.aborted) break;
    await progress
      .step(section.name, async () => {
        const results = await section.run(bench);
        measured.push(...results.map((result) => ({ section: section.name, ...result })));
      })
      .catch((error: unknown) => {
        failures.push(section.name);
        progress.fail(
          `The section "${section.name}" could not measure.`,
          error instanceof Error ? `${error.stack}` : String(error),
        );
      });
  }
} finally {
  await progress.step("Clean up", close);
}

const file = values.json ?? path.join(".helvetia/bench", `${new Date().toISOString().replaceAll(":", "-")}.json`);
mkdirSync(path.dirname(file), { recursive: true });
const report = {
  at: new Date().toISOString(),
  machine: describeMachine(),
  busyAtStart: busy,
  failures,
  measurements: measured,
};
writeFileSync(file, `${JSON.stringify(report, null, 2)}\n`);
if (measured.length > 0) progress.print(`\n${renderTable(measured)}\n`);
progress.print(`Written to ${file}`);
process.exit(failures.length > 0 || measured.some((measurement) => !isMet(measurement)) ? 1 : 0);
