import { expect, type Page } from "playwright/test";
import { createProject } from "./projects";

/** From the page of an empty project to what was found in the repository. */
export async function lookAtRepository(page: Page, url: string): Promise<void> {
  await page.getByRole("link", { name: "Add the first service" }).click();
  await page.getByLabel("Repository address").fill(url);
  await page.getByRole("button", { name: "Look at the repository" }).click();
  await expect(page.getByRole("region", { name: "Build and start" })).toBeVisible({ timeout: 30_000 });
}

export async function nameService(page: Page, name: string, healthPath: string): Promise<void> {
  const section = page.getByRole("region", { name: "Name and runtime" });
  await section.getByLabel("Service name").fill(name);
  await section.getByLabel("Health check", { exact: true }).selectOption("A path answers");
  await section.getByLabel("Health path").fill(healthPath);
}

/** Takes the variables of a .env file into the form. */
export async function pasteEnvFile(page: Page, file: string, count: number): Promise<void> {
  await page.getByRole("button", { name: "Paste a .env file" }).click();
  const dialog = page.getByRole("dialog", { name: "Paste a .env file" });
  await dialog.getByLabel("Contents of the file").fill(file);
  await dialog.getByRole("button", { name: `Take over ${count} variables` }).click();
  await expect(dialog).toBeHidden();
}

export async function startDeployment(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Deploy", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Deployment #", level: 1 })).toBeVisible();
}

/** A project with a service of the same name, deployed from the repository; the browser is on its first deployment. */
export async function deployNewService(page: Page, name: string, url: string): Promise<void> {
  await createProject(page, name);
  await lookAtRepository(page, url);
  await nameService(page, "Web", "/health");
  await startDeployment(page);
}
