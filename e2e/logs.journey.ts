import { readFile } from "node:fs/promises";
import type { Page } from "playwright/test";
import { describeViolations, findViolations } from "./steps/accessibility";
import { expectStatus, openService } from "./steps/deployments";
import { deployNewService } from "./steps/new-service";
import { openServiceTab } from "./steps/services";
import { expect, test } from "./steps/test";

const linesAtStart = 40_000;

/** Prints many numbered lines at once, one of them to be found, and then five more a second. */
const program = `
import { createServer } from "node:http";
let n = 0;
const print = () => console.log(n === 123 ? "\\x1b[31mthe needle\\x1b[0m is line 123" : "line " + n);
for (; n < ${linesAtStart}; n++) print();
createServer((request, response) => response.end("ok")).listen(process.env.PORT);
setInterval(() => { print(); n++; }, 200);
`;

const log = (page: Page) => page.getByRole("log", { name: "Runtime log" });
/** The numbers of the lines that are in sight, and some around them. */
async function numbersShown(page: Page): Promise<number[]> {
  const texts = await log(page)
    .getByText(/^line \d+$/)
    .allTextContents();
  return texts.map((text) => Number(text.slice("line ".length)));
}
const newestShown = async (page: Page) => (await numbersShown(page)).at(-1) ?? 0;
const line = (page: Page, number: number) => log(page).getByText(`line ${number}`, { exact: true });

test("a long log is followed, searched, gone through by time, and downloaded whole", async ({ page, gitServer }) => {
  const repository = await gitServer.createRepository("chatty");
  await repository.commit({
    "server.mjs": program,
    Dockerfile: 'FROM node:24-slim\nCOPY server.mjs /\nCMD ["node", "/server.mjs"]\n',
  });
  await deployNewService(page, "Chatty", repository.url);
  await expectStatus(page, "Live", 1);
  await openService(page);
  await openServiceTab(page, "Logs");
  await expect.poll(() => newestShown(page), { timeout: 30_000 }).toBeGreaterThan(linesAtStart);

  await test.step("paused, nothing moves; resumed, nothing lacks", async () => {
    await page.getByRole("button", { name: "Pause" }).click();
    await expect(page.getByText("Paused. New lines are kept")).toBeVisible();
    const paused = await newestShown(page);
    await page.waitForTimeout(1_000);
    expect(await newestShown(page)).toBe(paused);
    await page.getByRole("button", { name: "Resume" }).click();
    await expect.poll(() => newestShown(page)).toBeGreaterThan(paused + 5);
    const shown = await numbersShown(page);
    expect(shown).toEqual(shown.map((_, index) => (shown[0] ?? 0) + index));
  });

  await test.step("a line far from what is loaded is found, and one goes back to the end", async () => {
    await page.getByRole("searchbox", { name: "Search the runtime log" }).fill("NEEDLE");
    await expect(page.getByText("1 line", { exact: true })).toBeVisible({ timeout: 30_000 });
    await page.keyboard.press("Enter");
    await expect(log(page).getByText("is line 123")).toBeVisible();
    await expect(line(page, 124)).toBeVisible();
    expect(describeViolations("logs", await findViolations(page))).toEqual([]);
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Jump to the end" }).click();
    await expect(page.getByRole("button", { name: "Jump to the end" })).toBeHidden();
  });

  await test.step("a time leads to the first line from then on", async () => {
    await page.getByRole("button", { name: "Go to a time" }).click();
    await page.getByRole("dialog").getByLabel("Time").fill("2020-01-01T00:00:00");
    await page.getByRole("button", { name: "Go there" }).click();
    await expect(line(page, 0)).toBeVisible();
    await expect(page.getByText("Live. New lines are added at the end.")).toBeVisible();
  });

  await test.step("the file has every line, in order", async () => {
    const downloading = page.waitForEvent("download");
    await page.getByRole("link", { name: "Download the whole log" }).click();
    const download = await downloading;
    expect(download.suggestedFilename()).toMatch(/-1\.log$/);
    const text = await readFile(await download.path(), "utf8");
    const numbers = [...text.matchAll(/line (\d+)$/gm)].map((match) => Number(match[1]));
    expect(numbers.length).toBeGreaterThan(linesAtStart);
    expect(numbers.findIndex((number, index) => number !== index)).toBe(-1);
  });
});
