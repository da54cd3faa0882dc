import { expect, type Page } from "playwright/test";
import type { System } from "./system";

/** Opens every kind of page once, with the sample of the first run for content, and hands it over when it is whole. */
export async function visitEveryPage(page: Page, system: System, look: (name: string) => Promise<void>): Promise<void> {
  const { organization, project, service, deployment } = await findSample(page);
  const addresses = [
    `${organization}/projects`,
    `${organization}/members`,
    `${organization}/audit`,
    `${organization}/settings`,
    "/organizations",
    project,
    `${project}/settings`,
    service,
    `${service}/deployments`,
    `${service}/history`,
    `${service}/logs`,
    `${service}/variables`,
    `${service}/settings`,
    deployment,
    `${deployment}/receipt`,
    `${deployment}/changes`,
    `${deployment}/configuration`,
    `${deployment}/logs`,
    "/settings/account",
    "/settings/storage",
    "/nothing-is-here",
  ];
  for (const address of addresses) {
    await page.goto(address);
    await untilWhole(page);
    await look(address);
  }

  await page.goto(`${project}/services/new`);
  await untilWhole(page);
  await look("a new service, empty");
  await page.getByLabel("Repository address").fill(system.report.repositoryUrl ?? "");
  await page.getByRole("button", { name: "Look at the repository" }).click();
  await expect(page.getByRole("region", { name: "Build and start" })).toBeVisible({ timeout: 30_000 });
  await page.getByText("Show the Dockerfile").click();
  await page.getByText("Change how it is built").click();
  await page.getByRole("button", { name: "Add a variable" }).click();
  await look("a new service, looked at");

  await page.goto("/projects");
  await page.getByRole("button", { name: "New project" }).click();
  await expect(page.getByRole("dialog", { name: "New project" })).toBeVisible();
  await look("the dialog of a new project");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Organization menu" }).click();
  await look("the organization menu");
  await page.getByRole("menuitem", { name: "Members" }).click();
  await page.getByRole("button", { name: "Invite" }).click();
  await look("the dialog of an invitation");
  await page.getByRole("dialog").getByRole("button", { name: "Make a link" }).click();
  const invitation = await page.getByRole("dialog").getByLabel("Link to join").inputValue();
  await look("the link of an invitation");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Go to" }).click();
  await expect(page.getByRole("option", { name: "Hello" })).toBeVisible();
  await look("the command menu");

  await page.context().clearCookies();
  await page.goto("/sign-in");
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
  await look("/sign-in");
  await page.goto(invitation);
  await expect(page.getByRole("button", { name: "Create account and join" })).toBeVisible();
  await look("an invitation");
  await page.goto("/invitations/spent");
  await expect(page.getByRole("heading", { name: "This invitation is over" })).toBeVisible();
  await look("an invitation that is over");
}

async function findSample(
  page: Page,
): Promise<{ organization: string; project: string; service: string; deployment: string }> {
  await page.goto("/projects");
  const organization = new URL(page.url()).pathname.replace(/\/projects$/, "");
  const project = await follow(page, "Sample");
  const service = await follow(page, "Hello");
  const deployment = await follow(page, "Details");
  return { organization, project, service, deployment };
}

/** Clicks the link and returns the path that it led to. */
async function follow(page: Page, name: string): Promise<string> {
  const link = page.getByRole("main").getByRole("link", { name, exact: true });
  const path = (await link.getAttribute("href")) ?? "";
  await link.click();
  await expect(page).toHaveURL(path);
  return path;
}

/** Nothing is loading any more, and live connections stand. */
async function untilWhole(page: Page): Promise<void> {
  await expect(page.getByRole("heading").first()).toBeVisible();
  await expect(page.getByText(/^Loading/)).toHaveCount(0);
}
