/** The pictures of the README, taken of the real thing: SCREENSHOTS=1 npm test -- journeys. */
import path from "node:path";
import { commitFiles } from "@/server/git/commit-files";
import { readDirectoryFiles } from "@/server/git/directory-files";
import { testInheritedEnvironment } from "@/testing/git-server";
import { buildLog, expectStatus } from "./steps/deployments";
import { lookAtRepository, nameService, startDeployment } from "./steps/new-service";
import { createProject } from "./steps/projects";
import { expect, test } from "./steps/test";

const images = path.join(import.meta.dirname, "../.github/images");
const sample = path.join(import.meta.dirname, "samples/vite-spa");

test.use({ colorScheme: "dark", deviceScaleFactor: 2 });

test("a live deployment", async ({ page, gitServer, system }) => {
  const repository = await gitServer.createRepository("storefront");
  const files = await readDirectoryFiles(sample);
  // Content that was never built before: the log of a build is what the picture shows.
  files.set("public/robots.txt", { content: `# ${system.instanceId}\n`, mode: "100644" });
  const commit = {
    branch: "main",
    message: "Show opening hours on the front page",
    files,
    keepOthers: false,
    from: null,
    author: { name: "Anna Keller", email: "anna@example.com" },
    at: new Date(),
  };
  await commitFiles(repository.path, commit, testInheritedEnvironment);
  await createProject(page, "Alpine Shop");
  await lookAtRepository(page, repository.url);
  await nameService(page, "Storefront", "/");
  await startDeployment(page);
  await expectStatus(page, "Live", 1);
  await expect(buildLog(page)).toContainText("Live.");
  await expect(page.getByText("Complete", { exact: true })).toBeVisible();
  await page.screenshot({ path: path.join(images, "deployment.png") });
});
