import { fillSignIn } from "./steps/session";
import { expect, test } from "./steps/test";

test.use({ signedIn: false });

test.describe("refused", () => {
  test.use({ expectedErrors: [/status of 401 .*\/api\/auth\/callback\/credentials/] });

  test("a wrong password is refused without saying which of both was wrong", async ({ page, system }) => {
    await page.goto("/sign-in");
    await fillSignIn(page, { ...system.owner, password: "not this one" });
    await expect(page.getByRole("alert").filter({ hasText: "E-mail or password is wrong." })).toBeVisible();
    await expect(page.getByLabel("Password")).toBeFocused();
    await fillSignIn(page, { email: "nobody@example.com", password: "not this one" });
    await expect(page.getByRole("alert").filter({ hasText: "E-mail or password is wrong." })).toBeVisible();
    await fillSignIn(page, system.owner);
    await expect(page.getByRole("heading", { name: "Projects", level: 1 })).toBeVisible();
  });

  test("who guesses on is told to wait", async ({ page }) => {
    await page.goto("/sign-in");
    const guess = { email: "guessed@example.com", password: "guess" };
    const refusal = page.getByRole("alert").filter({ hasText: /E-mail or password is wrong|Too many attempts/ });
    for (let attempt = 1; attempt <= 10; attempt++) {
      const answer = page.waitForResponse(/callback\/credentials/);
      await fillSignIn(page, guess);
      await answer;
      await expect(refusal).toContainText("E-mail or password is wrong.");
    }
    await fillSignIn(page, guess);
    await expect(refusal).toContainText("Too many attempts to sign in.");
  });
});

test("who is not signed in is led to the sign-in page and back", async ({ page, system }) => {
  expect((await page.request.get("/api/trpc/viewer.get")).status()).toBe(401);
  await page.goto("/settings/account?from=a-link");
  await expect(page).toHaveURL(/\/sign-in\?next=/);
  await fillSignIn(page, system.owner);
  await expect(page).toHaveURL(/\/settings\/account\?from=a-link$/);
  await expect(page.getByRole("heading", { name: "Account settings" })).toBeVisible();
});

test("signing out ends the session", async ({ page, context, system }) => {
  await page.goto("/sign-in");
  await fillSignIn(page, system.owner);
  await expect(page.getByRole("heading", { name: "Projects", level: 1 })).toBeVisible();
  const cookies = await context.cookies();
  await page.getByRole("button", { name: "Account menu" }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
  await context.addCookies(cookies);
  await page.goto("/projects");
  await expect(page).toHaveURL(/\/sign-in/);
});
