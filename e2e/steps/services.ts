import { expect, type Locator, type Page } from "playwright/test";

export async function openServiceTab(
  page: Page,
  tab: "Overview" | "Deployments" | "Logs" | "Variables" | "Settings",
): Promise<void> {
  const link = page.getByRole("navigation", { name: "Service" }).getByRole("link", { name: tab });
  await link.click();
  await expect(link).toHaveAttribute("aria-current", "page");
}

/** The replicas that run and answer requests. */
export function runningReplicas(page: Page): Locator {
  const rows = page.getByRole("table", { name: "Replicas" }).getByRole("row");
  return rows.filter({ hasText: "Running" }).filter({ hasNotText: "Kept for rollback" });
}

export async function stopService(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name: "More actions" }).click();
  await page.getByRole("menuitem", { name: "Stop" }).click();
  await page
    .getByRole("alertdialog", { name: `Stop ${name}?` })
    .getByRole("button", { name: "Stop" })
    .click();
}

export async function deleteService(page: Page, name: string): Promise<void> {
  await openServiceTab(page, "Settings");
  await page.getByRole("button", { name: "Delete service" }).click();
  const dialog = page.getByRole("alertdialog", { name: `Delete ${name}?` });
  await dialog.getByLabel(`Type ${name} to confirm`).fill(name);
  await dialog.getByRole("button", { name: "Delete service" }).click();
  await expect(dialog).toBeHidden();
}
