/** The pictures of the README, taken of the real thing: SCREENSHOTS=1 npm test -- journeys. */
import path from "node:path";
import { createApplication } from "./steps/application";
import { buildLog, expectStatus } from "./steps/deployments";
import { lookAtRepository, nameService, pasteEnvFile, startDeployment } from "./steps/new-service";
import { createProject } from "./steps/projects";
import { expect, test } from "./steps/test";

const images = path.join(import.meta.dirname, "../.github/images");

test.use({ colorScheme: "dark", deviceScaleFactor: 2 });

test("a live deployment", async ({ page, gitServer }) => {
  const application = await createApplication(gitServer, "storefront");
  await application.commitVersion("1.4.0", "Show opening hours on the front page");
  await createProject(page, "Alpine Shop");
  await lookAtRepository(page, application.url);
  await nameService(page, "Storefront", "/health");
  await pasteEnvFile(page, "GREETING=Grüezi\nPAYMENT_API_KEY=example\n", 2);
  await startDeployment(page);
  await expectStatus(page, "Live", 1);
  await expect(buildLog(page)).toContainText("Live.");
  await expect(page.getByText("Complete", { exact: true })).toBeVisible();
  await page.screenshot({ path: path.join(images, "deployment.png") });
});
