import { describe, expect } from "vitest";
import { advance, doing, failing, testCases, yielding } from "@/testing/decide-cases";

describe("decide, up to an image", () => {
  testCases([
    { name: "begins fetching", status: "queued", expected: advance("fetching") },
    { name: "waits for a build slot", status: "queued", sight: { hasBuildSlot: false }, expected: yielding },
    { name: "waits in the queue without a limit", status: "queued", atMs: 10 ** 9, expected: advance("fetching") },
    {
      name: "a kept image needs no slot and starts at releasing",
      status: "queued",
      frozen: { keptImage: true },
      sight: { hasBuildSlot: false },
      expected: advance("releasing", {
        skipped: [
          { phase: "fetching", note: expect.any(String) },
          { phase: "building", note: expect.any(String) },
        ],
      }),
    },

    { name: "resolves the commit", status: "fetching", atMs: 1000, expected: doing("resolve", 9000) },
    { name: "plans once resolved", status: "fetching", sight: { resolved: true }, expected: doing("plan", 10_000) },
    {
      name: "goes on to build",
      status: "fetching",
      sight: { resolved: true, planned: true },
      atMs: 99_999,
      expected: advance("building"),
    },
    {
      name: "a prebuilt image skips the build",
      status: "fetching",
      sight: { resolved: true, planned: true },
      frozen: { source: "image" },
      expected: advance("releasing", { skipped: [{ phase: "building", note: expect.any(String) }] }),
    },
    {
      name: "a fetch out of time fails",
      status: "fetching",
      atMs: 10_000,
      expected: failing("fetch_timeout", {
        message: "The repository was not fetched within 10 seconds (FETCH_TIMEOUT_SECONDS).",
      }),
    },
    {
      name: "a pull has the time of a build",
      status: "fetching",
      frozen: { source: "image" },
      atMs: 10_000,
      expected: doing("resolve", 10_000),
    },
    {
      name: "a pull out of time fails",
      status: "fetching",
      frozen: { source: "image" },
      atMs: 20_000,
      expected: failing("pull_timeout", {
        message: "The image was not pulled within 20 seconds (BUILD_TIMEOUT_SECONDS).",
      }),
    },
    {
      name: "one taken over waits for a slot too",
      status: "fetching",
      sight: { hasBuildSlot: false },
      expected: yielding,
    },

    { name: "builds", status: "building", atMs: 500, expected: doing("build", 19_500) },
    { name: "one taken over waits for a slot", status: "building", sight: { hasBuildSlot: false }, expected: yielding },
    {
      name: "what is built needs no slot",
      status: "building",
      sight: { hasBuildSlot: false, built: true },
      expected: advance("releasing"),
    },
    {
      name: "says why it did not build",
      status: "building",
      sight: { built: true, skippedBecause: "Same content as #3." },
      expected: advance("releasing", { outcome: "skipped", note: "Same content as #3." }),
    },
    {
      name: "a build out of time fails",
      status: "building",
      atMs: 20_000,
      expected: failing("build_timeout", { blame: "application" }),
    },
    {
      name: "a build that ended in time counts",
      status: "building",
      sight: { built: true },
      atMs: 20_000,
      expected: advance("releasing"),
    },
  ]);
});
