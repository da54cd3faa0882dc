import { writeFileSync } from "node:fs";
import path from "node:path";
import type { FirstRun } from "./first-run";
import type { Instance } from "./prepare-instance";
import { formatDuration, type Progress } from "./progress.mjs";

/** For programs that start an instance (smoke, the journeys): where everything is, and how long each step took. */
export type StartReport = {
  dashboardUrl: string;
  routerUrl: string;
  applicationUrl: string | null;
  repositoryUrl: string | null;
  readyMs: number;
  steps: { label: string; detail: string; durationMs: number }[];
};

export const reportName = "ready.json";

/** Written whole when the instance is ready; it holds no secret. */
export function writeReport(instance: Instance, first: FirstRun | null, progress: Progress, readyMs: number): void {
  const installMs = Number(process.env.HELVETIA_INSTALL_MS);
  const install = installMs > 0 ? [{ label: "Dependencies", detail: "installed", durationMs: installMs }] : [];
  const report: StartReport = {
    dashboardUrl: instance.config.web.publicUrl,
    routerUrl: `http://127.0.0.1:${instance.config.edge.port}`,
    applicationUrl: first?.applicationUrl ?? null,
    repositoryUrl: first?.repositoryUrl ?? null,
    readyMs,
    steps: [...install, ...progress.finished],
  };
  writeFileSync(path.join(instance.runDirectory, reportName), JSON.stringify(report, null, 2));
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
