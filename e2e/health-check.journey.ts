import { expectStatus, openService } from "./steps/deployments";
import { lookAtRepository, nameService, startDeployment } from "./steps/new-service";
import { createProject } from "./steps/projects";
import { openServiceTab } from "./steps/services";
import { expect, test } from "./steps/test";

test("the health check is set in words of people, refused where it cannot be, and decides what goes live", async ({
  page,
  application,
}) => {
  await application.commitVersion("1.0.0", "A health path");
  await createProject(page, "Health");
  await lookAtRepository(page, application.url);
  await nameService(page, "Web", "/health");
  await startDeployment(page);
  await expectStatus(page, "Live", 1);

  await openService(page);
  await openServiceTab(page, "Settings");
  const runtime = page.getByRole("form", { name: "Runtime" });
  const save = runtime.getByRole("button", { name: "Save" });

  await test.step("what cannot be is said beside its field, and nothing that was typed is lost", async () => {
    await runtime.getByText("Times of the health check").click();
    await runtime.getByLabel("Statuses").fill("2xx");
    await runtime.getByLabel("Interval").fill("soon");
    await save.click();
    await expect(runtime.getByText("Enter a time from 1 s to 5 min, such as 10 s.")).toBeVisible();
    await expect(runtime.getByLabel("Interval")).toHaveValue("soon");
    await expect(runtime.getByLabel("Statuses")).toHaveValue("2xx");
    await runtime.getByLabel("Interval").fill("2 s");
    await save.click();
    await expect(runtime.getByText("Enter statuses such as 200-399, or one such as 204.")).toBeVisible();
  });

  await test.step("a version that answers otherwise than it should does not go live", async () => {
    await runtime.getByLabel("Statuses").fill("204");
    await runtime.getByLabel("Start period").fill("3 s");
    await save.click();
    await expect(page.getByText("Changes are not live yet")).toBeVisible();
    await page.getByRole("button", { name: "Deploy now" }).click();
    await expectStatus(page, "Failed", 2);
    await expect(
      page
        .getByRole("alert")
        .or(page.getByRole("main"))
        .getByText(/answer.* 200/)
        .first(),
    ).toBeVisible();
  });

  await test.step("the port alone", async () => {
    await openService(page);
    await openServiceTab(page, "Settings");
    await runtime.getByLabel("Health check", { exact: true }).selectOption("The port is open");
    await expect(runtime.getByLabel("Health path")).toHaveCount(0);
    await save.click();
    await expect(save).toBeDisabled();
    await page.getByRole("button", { name: "Deploy" }).first().click();
    await expectStatus(page, "Live", 3);
    await page.getByRole("link", { name: "Configuration" }).click();
    await expect(page.getByText("the port is open, every 2 s within 5 s, 3 s to start")).toBeVisible();
  });
});
