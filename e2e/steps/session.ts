import { expect, type Page } from "playwright/test";
import type { Owner } from "./system";

export async function fillSignIn(page: Page, { email, password }: Owner): Promise<void> {
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

/** From the sign-in page to the projects. */
export async function signIn(page: Page, owner: Owner): Promise<void> {
  await page.goto("/sign-in");
  await fillSignIn(page, owner);
  await expect(page.getByRole("heading", { name: "Projects", level: 1 })).toBeVisible();
}
