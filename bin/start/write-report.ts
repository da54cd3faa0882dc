import { renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { StartReport } from "@/contracts/start-report";
import type { FirstRun } from "./first-run";
import { installTimeMs } from "./install-time.mjs";
import type { Instance } from "./prepare-instance";
import { formatDuration, type Progress } from "./progress.mjs";

/** Where programs that start an instance look. */
export function reportFile(runDirectory: string): string {
  return path.join(runDirectory, "ready.json");
}

export function removeReport(runDirectory: string): void {
  rmSync(reportFile(runDirectory), { force: true });
}

/** For programs that start an instance. Written when it is ready, renamed into place; it holds no secret. */
export function writeReport(instance: Instance, first: FirstRun | null, progress: Progress, readyMs: number): void {
  const installMs = installTimeMs();
  const install = installMs > 0 ? [{ label: "Dependencies", detail: "installed", durationMs: installMs }] : [];
  const report: StartReport = {
    dashboardUrl: instance.config.web.publicUrl,
    routerUrl: `http://127.0.0.1:${instance.config.edge.port}`,
    applicationUrl: first?.applicationUrl ?? null,
    repositoryUrl: first?.repositoryUrl ?? null,
    readyMs,
    steps: [...install, ...progress.finished],
  };
  const file = reportFile(instance.runDirectory);
  writeFileSync(`${file}.draft`, `${JSON.stringify(report, null, 2)}\n`);
  renameSync(`${file}.draft`, file);
}

/** What a person needs to go on. */
export function printSummary(instance: Instance, first: FirstRun | null, progress: Progress, readyMs: number): void {
  const { bold, dim } = progress.paint;
  const line = (label: string, text: string) => progress.print(`  ${dim(label.padEnd(13))} ${text}`);
  progress.print(`\n  ${bold("Ready")} in ${formatDuration(readyMs)}\n`);
  line("Dashboard", bold(instance.config.web.publicUrl));
  if (first) {
    const { email, password } = first.owner;
    line("Sign in", password === null ? `${email}, with OWNER_PASSWORD` : `${email}  ${bold(password)}`);
    if (password !== null) line("", dim("This password is shown once."));
    if (first.applicationUrl) line("Application", bold(first.applicationUrl));
    line("Its source", `git clone ${first.repositoryUrl}`);
    line("", dim("Commit, push, and press Deploy in the dashboard."));
  }
  progress.print(`\n  ${dim("Ctrl-C stops the platform; applications keep running.")}\n`);
}
