import { defineConfig } from "playwright/test";

/** Chromium asks Google's hosts at its start unless it is told not to; on closed networks that costs seconds. */
const chromiumArguments = [
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export default defineConfig({
  testDir: ".",
  testMatch: "**/*.journey.ts",
  globalSetup: "./fixtures/start-instance.ts",
  outputDir: "../test-results",
  // One instance for all journeys, and two cores: they take turns.
  workers: 1,
  retries: 0,
  forbidOnly: process.env.CI !== undefined,
  timeout: 240_000,
  expect: { timeout: 15_000 },
  reporter: "list",
  use: {
    viewport: { width: 1280, height: 800 },
    launchOptions: { executablePath: process.env.CHROMIUM_PATH || "/usr/bin/chromium", args: chromiumArguments },
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
  },
});
