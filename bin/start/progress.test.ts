import { expect, it } from "vitest";
import { createProgress, formatDuration } from "./progress.mjs";

function capture(change: { isTTY?: boolean } = {}) {
  let text = "";
  const out = { ...change, write: (chunk: string) => (text += chunk) };
  return { progress: createProgress(out), text: () => text };
}

it("prints a line for each finished step, without control characters where there is no terminal", async () => {
  const { progress, text } = capture();
  const result = await progress.step("Build", async ({ doing, detail }) => {
    doing("web");
    detail("up to date");
    return 7;
  });
  expect(result).toBe(7);
  expect(text()).toMatch(/^ {2}✓ +\d+ ms {2}Build +up to date\n$/);
  expect(progress.finished).toMatchObject([{ label: "Build", detail: "up to date" }]);
});

it("prints nothing of a step that failed: the error says it", async () => {
  const { progress, text } = capture();
  await expect(progress.step("Build", () => Promise.reject(new Error("no")))).rejects.toThrow("no");
  expect(text()).toBe("");
});

it("shows on a terminal what runs, and clears it", async () => {
  const { progress, text } = capture({ isTTY: true });
  await progress.step("Build", async ({ doing }) => doing("web"));
  expect(text()).toContain("… Build: web");
  expect(text().endsWith("\r\u001b[2K")).toBe(true);
});

it.each([
  [12.4, "12 ms"],
  [1234, "1.2 s"],
  [59_940, "59.9 s"],
  [59_999, "1 min 0 s"],
  [61_000, "1 min 1 s"],
  [119_900, "2 min 0 s"],
])("formats %d ms as %s", (durationMs, text) => {
  expect(formatDuration(durationMs)).toBe(text);
});
