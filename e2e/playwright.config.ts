import { defineConfig } from "playwright/test";
import { chooseChromium } from "./browser/choose-chromium";

/** Chromium asks Google's hosts at its start unless it is told not to; on closed networks that costs seconds. */
const chromiumArguments = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export default defineConfig({
  testDir: ".",
  testMatch: process.env.SCREENSHOTS ? "screenshots.ts" : "*.journey.ts",
  globalSetup: "./start-system.ts",
  outputDir: ".results/journeys",
  // One system for all journeys, and two cores: they take turns.
  workers: 1,
  retries: 0,
  forbidOnly: process.env.CI !== undefined,
  timeout: 180_000,
  expect: { timeout: 15_000 },
  reporter: "list",
  use: {
    launchOptions: { ...chooseChromium(), args: chromiumArguments },
    viewport: { width: 1280, height: 800 },
    locale: "en-GB",
    contextOptions: { reducedMotion: "reduce" },
    actionTimeout: 15_000,
    screenshot: "only-on-failure",
    trace: "retain-on-failure",
  },
});
