import { readdirSync } from "node:fs";
import path from "node:path";
import { readServiceId } from "./steps/address";
import { buildLog, expectStatus, openService, phase } from "./steps/deployments";
import { findByService, noResources } from "./steps/engine";
import { deployNewService } from "./steps/new-service";
import { findProcesses } from "./steps/processes";
import { expect, test } from "./steps/test";

test("a build under way is cancelled, and nothing of it stays", async ({ page, application, system }) => {
  const mark = `cancelled-${system.instanceId}`;
  await application.commitSlowBuild({ version: "1.0.0", seconds: 600, mark }, "Take ten minutes");
  await deployNewService(page, "Cancelled", application.url);
  await expect(buildLog(page)).toContainText("compiled part 1", { timeout: 60_000 });
  expect(findProcesses(mark)).not.toEqual([]);

  await page.getByRole("button", { name: "Cancel" }).click();
  await expectStatus(page, "Cancelled", 1);
  await expect(phase(page, "Build")).toContainText("Cancelled");
  await expect(page.getByRole("button", { name: "Redeploy" })).toBeVisible();

  await test.step("no process, container, image or file", async () => {
    await expect.poll(() => findProcesses(mark)).toEqual([]);
    await expect.poll(() => findByService(readServiceId(page))).toEqual(noResources);
    expect(readdirSync(path.join(system.dataDirectory, "builds"))).toEqual([]);
  });

  await openService(page);
  await expect(page.getByText("Not deployed", { exact: true })).toBeVisible();
});
