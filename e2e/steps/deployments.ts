import { expect, type Locator, type Page } from "playwright/test";
import type { phaseLabels } from "@/features/deployments/describe";

export type PhaseName = (typeof phaseLabels)[keyof typeof phaseLabels];

/** A build on a busy machine, a health check that runs out, a drain. */
const endsWithinMs = 90_000;

export async function expectStatus(page: Page, status: string, number?: number): Promise<void> {
  if (number !== undefined) {
    await expect(page.getByRole("heading", { name: `Deployment #${number}`, level: 1 })).toBeVisible();
  }
  await expect(page.getByRole("status", { name: `Status: ${status}` })).toBeVisible({ timeout: endsWithinMs });
}

export function phase(page: Page, name: string): Locator {
  return page
    .getByRole("list", { name: "Timeline" })
    .getByRole("listitem")
    .filter({ hasText: `${name}: ` });
}

/** What went wrong, and what to do about it. */
export function errorPanel(page: Page): Locator {
  return page.getByRole("main").getByRole("alert");
}

export function buildLog(page: Page): Locator {
  return page.getByRole("log", { name: "Build log" });
}

export async function openTab(
  page: Page,
  tab: "Progress" | "Receipt" | "Changes" | "Configuration" | "Runtime log",
): Promise<void> {
  await page.getByRole("navigation", { name: "Deployment" }).getByRole("link", { name: tab }).click();
}

/** From a deployment to its service. */
export async function openService(page: Page): Promise<void> {
  const crumbs = page.getByRole("navigation", { name: "Breadcrumb" }).getByRole("link");
  await crumbs.nth(2).click();
  await expect(page.getByRole("navigation", { name: "Service" })).toBeVisible();
}

/** From a deployment to a new one of the branch's newest commit. */
export async function deployAgain(page: Page): Promise<void> {
  await openService(page);
  await page.getByRole("button", { name: "Deploy", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Deployment #", level: 1 })).toBeVisible();
}

/** From any deployment of the service back to the one of this number; the browser is on the deployment that does it. */
export async function rollBackTo(page: Page, number: number): Promise<void> {
  await page.getByRole("navigation", { name: "Breadcrumb" }).getByRole("link", { name: "Deployments" }).click();
  await page.getByRole("button", { name: `Actions for #${number}` }).click();
  await page.getByRole("menuitem", { name: "Roll back to this" }).click();
  const dialog = page.getByRole("alertdialog", { name: `Roll back to #${number}?` });
  await dialog.getByRole("button", { name: "Roll back" }).click();
  await expect(page.getByText(`This goes back to #${number}`)).toBeVisible();
}
