import { readFile } from "node:fs/promises";
import type { Page } from "playwright/test";
import { createProject } from "./steps/projects";
import { fillSignIn } from "./steps/session";
import { expect, test } from "./steps/test";

const person = { email: "grace@example.com", password: "correct horse battery staple" };

// Chromium writes every answer of 400 or more to the console: what a removed person asks for is refused.
test.use({ expectedErrors: [/status of 40[34]/] });

test("a person is invited, joins, is promoted, removed and comes back, in two browsers", async ({
  page,
  browser,
  system,
}) => {
  // Without the owner's session, which new contexts have otherwise.
  const stranger = { baseURL: system.report.dashboardUrl, storageState: { cookies: [], origins: [] } };
  const theirs = await browser.newContext(stranger);
  const other = await theirs.newPage();
  await openOrganizationPage(page, "Members");

  const link = await test.step("an owner makes a link for one address", async () => {
    await page.getByRole("button", { name: "Invite" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("E-mail").fill("not an address");
    await dialog.getByRole("button", { name: "Make a link" }).click();
    await expect(dialog.getByText("Enter an e-mail address, or nothing.")).toBeVisible();
    await dialog.getByLabel("E-mail").fill(person.email);
    await dialog.getByLabel("Role").selectOption("Viewer");
    return readLink(page);
  });
  await expect(page.getByRole("region", { name: "Open invitations" }).getByText(person.email)).toBeVisible();

  await test.step("who has no account makes one there, and is signed in", async () => {
    await other.goto(link);
    await expect(other.getByLabel("E-mail")).toHaveValue(person.email);
    await other.getByLabel("Name").fill("Grace");
    await other.getByLabel("Password").fill("short");
    await other.getByRole("button", { name: "Create account and join" }).click();
    await expect(other.getByText("At least 12 characters: a few words are easier to keep than signs.")).toBeVisible();
    await other.getByLabel("Password").fill(person.password);
    await other.getByRole("button", { name: "Create account and join" }).click();
    await expect(other.getByRole("heading", { name: "Projects", level: 1 })).toBeVisible();
    await expect(other.getByRole("link", { name: "Sample" })).toBeVisible();
    await expect(other.getByRole("button", { name: "New project" })).toHaveCount(0);
  });

  await test.step("promoted, the button appears on the open page", async () => {
    await page.reload();
    await page.getByLabel("Role of Grace").selectOption("Developer");
    await expect(other.getByRole("button", { name: "New project" })).toBeVisible();
    await createProject(other, "Of Grace");
  });

  await test.step("removed, the open page is gone at once, and so is the organization", async () => {
    await page.getByRole("button", { name: "Remove Grace" }).click();
    await page.getByRole("alertdialog").getByRole("button", { name: "Remove" }).click();
    await expect(other.getByText("There is nothing at this address")).toBeVisible();
    await other.goto("/projects");
    await expect(other.getByText("You belong to no organization")).toBeVisible();
  });

  await test.step("the trail says who did it, and is taken along as a file", async () => {
    await openOrganizationPage(page, "Audit trail");
    const trail = page.getByRole("list");
    await expect(trail.getByText("Grace created the project")).toBeVisible();
    await page.getByLabel("Show").selectOption("Members");
    await expect(page).toHaveURL(/audit\?area=member$/);
    await expect(page.getByText("removed Grace")).toBeVisible();
    await expect(page.getByText("created the project")).toHaveCount(0);
    const downloading = page.waitForEvent("download");
    await page.getByRole("link", { name: "CSV" }).click();
    const csv = await readFile(await (await downloading).path(), "utf8");
    expect(csv).toContain("member.remove,Grace,");
    expect(csv).not.toContain("project.create");
  });

  await test.step("a link works once", async () => {
    await other.goto(link);
    await expect(other.getByRole("heading", { name: "This invitation is over" })).toBeVisible();
  });

  await test.step("who has an account signs in on the way, and joins with it", async () => {
    await openOrganizationPage(page, "Members");
    await page.getByRole("button", { name: "Invite" }).click();
    const next = await readLink(page);
    await theirs.clearCookies();
    await other.goto(next);
    await other.getByRole("link", { name: "Sign in with it" }).click();
    await expect(other.getByRole("heading", { name: "Sign in" })).toBeVisible();
    await fillSignIn(other, person);
    await expect(other.getByText(`Signed in as ${person.email}`)).toBeVisible();
    await other.getByRole("button", { name: "Join" }).click();
    await expect(other.getByRole("link", { name: "Of Grace" })).toBeVisible();
  });

  await test.step("two windows are in two organizations", async () => {
    const first = other.url();
    await openOrganizationMenu(other);
    await other.getByRole("menuitem", { name: "New organization" }).click();
    await other.getByRole("dialog").getByLabel("Name").fill("Side");
    await other.getByRole("dialog").getByRole("button", { name: "Create organization" }).click();
    await expect(other).toHaveURL(/\/organizations\/side\/projects$/);
    await expect(other.getByText("No projects yet")).toBeVisible();
    const second = await theirs.newPage();
    await second.goto(first);
    await expect(second.getByRole("link", { name: "Of Grace" })).toBeVisible();
    await other.reload();
    await expect(other.getByText("No projects yet")).toBeVisible();
    await openOrganizationPage(other, "Organization settings");
    await other.getByLabel("Organization name").fill("Side project");
    await other.getByRole("button", { name: "Save" }).click();
    await expect(second.getByRole("button", { name: "Organization menu" })).toBeVisible();
    await openOrganizationMenu(second);
    await expect(second.getByRole("menuitem", { name: "Side project" })).toBeVisible();
    await second.close();
  });

  await test.step("the last owner cannot leave; a member can", async () => {
    await other.getByRole("button", { name: "Leave" }).click();
    const dialog = other.getByRole("alertdialog");
    await dialog.getByRole("button", { name: "Leave" }).click();
    await expect(dialog.getByText("An organization needs an owner, and this is the last one.")).toBeVisible();
  });

  await test.step("a new password ends the person's other sessions", async () => {
    const elsewhere = await browser.newContext(stranger);
    const old = await elsewhere.newPage();
    await old.goto("/sign-in");
    await fillSignIn(old, person);
    await expect(old.getByRole("button", { name: "Account menu" })).toBeVisible();
    await other.goto("/settings/account");
    await other.getByLabel("Current password").fill(person.password);
    await other.getByLabel("New password").fill(`${person.password} two`);
    await other.getByRole("button", { name: "Change password" }).click();
    await expect(other.getByText("Password changed")).toBeVisible();
    await expect(old.getByRole("heading", { name: "Sign in" })).toBeVisible();
    await elsewhere.close();
  });
  await theirs.close();
});

async function openOrganizationMenu(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Organization menu" }).click();
}

async function openOrganizationPage(
  page: Page,
  name: "Members" | "Audit trail" | "Organization settings",
): Promise<void> {
  if (page.url() === "about:blank") await page.goto("/projects");
  await openOrganizationMenu(page);
  await page.getByRole("menuitem", { name }).click();
  await expect(page.getByRole("heading", { name, level: 1 })).toBeVisible();
}

/** Submits the dialog of an invitation, and closes it. */
async function readLink(page: Page): Promise<string> {
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Make a link" }).click();
  const link = await dialog.getByLabel("Link to join").inputValue();
  await dialog.getByRole("button", { name: "Done" }).click();
  return link;
}
