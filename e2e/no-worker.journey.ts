import { expectStatus, openService } from "./steps/deployments";
import { lookAtRepository, nameService, startDeployment } from "./steps/new-service";
import { createProject } from "./steps/projects";
import { readWorkerProcess } from "./steps/system";
import { expect, test } from "./steps/test";

/** The last sign of life lapses after 15 s; the rest is for a busy machine. */
const noticedWithin = { timeout: 40_000 };

test("without a worker the pages say so, and what was asked for begins once one runs", async ({
  page,
  application,
  system,
}) => {
  await application.commitVersion("1.0.0", "Wait for a worker");
  await createProject(page, "No worker");
  await lookAtRepository(page, application.url);
  await nameService(page, "Web", "/health");

  const worker = readWorkerProcess(system);
  if (worker === null) throw new Error("no worker runs");
  const notice = page.getByText("No worker is running, so nothing is deployed at the moment");
  await expect(notice).toBeHidden();
  // It hangs, so its supervisor starts no other one.
  process.kill(worker, "SIGSTOP");
  try {
    await test.step("said on an open page, and with the first paint of the next", async () => {
      await expect(notice).toBeVisible(noticedWithin);
      await startDeployment(page);
      await expect(page.getByText("No worker runs: it begins as soon as one is started.")).toBeVisible();
      await expect(notice).toBeVisible();
      await page.reload();
      await expect(notice).toBeVisible();
      await openService(page);
      await expect(page.getByText("Deployment #1 waits for a worker")).toBeVisible();
      await page.getByRole("link", { name: "Watch it" }).click();
      await expect(page.getByRole("heading", { name: "Deployment #1", level: 1 })).toBeVisible();
    });
  } finally {
    process.kill(worker, "SIGCONT");
  }
  await expect(notice).toBeHidden();
  await expectStatus(page, "Live", 1);
});
