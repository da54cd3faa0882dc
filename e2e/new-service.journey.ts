import { readServiceId } from "./steps/address";
import { buildLog, deployAgain, expectStatus, openService, openTab, phase } from "./steps/deployments";
import { findByService, readEnvironment } from "./steps/engine";
import { lookAtRepository, nameService, pasteEnvFile, startDeployment } from "./steps/new-service";
import { createProject } from "./steps/projects";
import { expect, test } from "./steps/test";
import { openApplication, readApplicationUrl, readVersion } from "./steps/traffic";

test("a new service goes from a Git address to its own, and follows its repository", async ({
  page,
  application,
  system,
}) => {
  // Long enough to be watched.
  const build = { seconds: 3, mark: `watched-${system.instanceId}` };
  await application.commitSlowBuild({ ...build, version: "1.0.0" }, "Say hello");

  await test.step("create a project and look at the repository", async () => {
    await createProject(page, "Shop");
    await lookAtRepository(page, application.url);
    const found = page.getByRole("region", { name: "Build and start" });
    await expect(found).toContainText("Say hello");
    await expect(found).toContainText("Node.js");
    await expect(found).toContainText("server.js");
    await found.getByText("Show the Dockerfile").click();
    await expect(found.getByRole("figure", { name: "Dockerfile" })).toContainText("FROM node:");
  });

  await test.step("name it and paste a .env file: what looks secret is marked so", async () => {
    await nameService(page, "Web", "/health");
    await pasteEnvFile(page, 'GREETING="Welcome to the shop."\nPAYMENT_API_KEY=sk-not-for-everyone\n', 2);
    await expect(page.getByRole("checkbox", { name: "GREETING is secret" })).not.toBeChecked();
    await expect(page.getByRole("checkbox", { name: "PAYMENT_API_KEY is secret" })).toBeChecked();
  });

  await test.step("deploy and watch: every phase, and the log as it is written", async () => {
    await startDeployment(page);
    await expect(buildLog(page)).toContainText("compiled part 1", { timeout: 60_000 });
    await expect(phase(page, "Build")).toContainText("Under way");
    await expect(phase(page, "Start")).toContainText("To come");
    await expectStatus(page, "Live", 1);
    for (const name of ["Queue", "Fetch", "Build", "Start", "Health check", "Switch traffic"]) {
      await expect(phase(page, name)).toContainText("Done");
    }
    await expect(buildLog(page)).toContainText("Healthy. Switching traffic.");
    await expect(page.getByText("Complete", { exact: true })).toBeVisible();
  });

  await test.step("open it: the plain variable shows, the secret one is with the container alone", async () => {
    const opened = await openApplication(page);
    await expect(opened.getByRole("heading", { name: "Welcome to the shop." })).toBeVisible();
    await opened.close();
    const { containers } = await findByService(readServiceId(page));
    const { container, image } = await readEnvironment(containers[0] ?? "");
    expect(container).toContain("PAYMENT_API_KEY=sk-not-for-everyone");
    expect(image.join()).not.toContain("PAYMENT_API_KEY");
    await openService(page);
    await page.getByRole("navigation", { name: "Service" }).getByRole("link", { name: "Variables" }).click();
    await expect(page.getByLabel("Value of GREETING")).toHaveValue("Welcome to the shop.");
    await expect(page.getByLabel("Value of PAYMENT_API_KEY")).toHaveValue("");
    expect(await page.content()).not.toContain("sk-not-for-everyone");
  });

  await test.step("push a commit and deploy it: the difference is told", async () => {
    await application.commitSlowBuild({ ...build, version: "1.1.0" }, "Raise the version");
    await page.getByRole("button", { name: "Deploy", exact: true }).click();
    await expectStatus(page, "Live", 2);
    expect(await readVersion(await readApplicationUrl(page))).toBe("1.1.0");
    await openTab(page, "Changes");
    await expect(page.getByText("Compared with #1")).toBeVisible();
    await expect(page.getByRole("region", { name: "Commits (1)" })).toContainText("Raise the version");
    await expect(page.getByRole("region", { name: "Files (1)" })).toContainText("package.json");
  });

  await test.step("deploy the same commit: nothing is built, and it says so", async () => {
    await deployAgain(page);
    await expectStatus(page, "Live", 3);
    await expect(phase(page, "Build")).toContainText("Skipped");
    await expect(phase(page, "Build")).toContainText("Same content as #2");
  });
});
