import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { countChaos } from "./chaos-report";
import { type Counts, oneFailed, onePassed, oneSkipped, settle } from "./counts";
import { countPlaywright } from "./playwright-report";
import { countVitest } from "./vitest-report";

const tools = {
  biome: "node_modules/@biomejs/biome/bin/biome",
  tsc: "node_modules/typescript/bin/tsc",
  vitest: "node_modules/vitest/vitest.mjs",
  playwright: "node_modules/playwright/cli.js",
} as const;

/** What bin/chaos.ts exits with where the machine cannot do it. */
const chaosNotHere = 2;

type Tool = keyof typeof tools;

/** Runs the tools of the tests, one at a time, with their output on the terminal. */
export type ToolRunner = {
  /** A tool whose exit code is its verdict: one check. */
  check(tool: Tool, args: string[]): Promise<Counts>;
  /** `filters`: beginnings of paths; none means all. */
  vitest(project: "unit" | "integration", filters: readonly string[]): Promise<Counts>;
  playwright(): Promise<Counts>;
  /** One round of `npm run chaos`: a check for each of its promises. Skipped where the machine cannot do it. */
  chaos(): Promise<Counts>;
  /** Ends the tool that runs now. */
  stop(): void;
};

/** `reports`: a directory for the runners' JSON reports. `environment`: what the tools see, beside our own. */
export function createToolRunner(reports: string, environment: Record<string, string>): ToolRunner {
  let current: ChildProcess | null = null;

  const run = (tool: Tool, args: string[]) => runNode([tools[tool], ...args]);

  function runNode(args: string[]): Promise<number> {
    return new Promise((resolve) => {
      const child = spawn(process.execPath, args, {
        stdio: ["ignore", "inherit", "inherit"],
        env: { ...process.env, ...(process.stdout.isTTY ? {} : { NO_COLOR: "1" }), ...environment },
      });
      current = child;
      child.once("error", () => resolve(1));
      child.once("exit", (code) => resolve(code ?? 1));
    });
  }

  return {
    async check(tool, args) {
      return (await run(tool, args)) === 0 ? onePassed : oneFailed;
    },
    async vitest(project, filters) {
      const report = path.join(reports, `${project}.json`);
      const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
      const code = await run("vitest", ["run", `--project=${project}`, "--passWithNoTests", ...reporters, ...filters]);
      return settle(count(report, countVitest), code);
    },
    async playwright() {
      const report = path.join(reports, "journeys.json");
      environment.PLAYWRIGHT_JSON_OUTPUT_FILE = report;
      const code = await run("playwright", ["test", "--config=e2e/playwright.config.ts", "--reporter=list,json"]);
      return settle(count(report, countPlaywright), code);
    },
    async chaos() {
      const report = path.join(reports, "chaos.json");
      const code = await runNode(["bin/run.mjs", "bin/chaos.ts", "--rounds", "1", "--json", report]);
      return code === chaosNotHere ? oneSkipped : settle(count(report, countChaos), code);
    },
    stop() {
      current?.kill("SIGTERM");
    },
  };
}

function count(report: string, read: (json: string) => Counts): Counts | null {
  try {
    return read(readFileSync(report, "utf8"));
  } catch {
    return null; // It ended before it reported.
  }
}
