import { expect, strangerTest as test } from "./fixtures/journey";

test("somebody who is not signed in sees the sign-in page, and nothing of the API", async ({ page, instance }) => {
  await page.goto("/projects");
  await expect(page).toHaveURL(/\/sign-in/);
  await expect(page.getByRole("button", { name: "Sign in" })).toBeVisible();
  const { organizationId } = { organizationId: "org_00000000000000000000" };
  const input = encodeURIComponent(JSON.stringify({ organizationId }));
  const answer = await page.request.get(`${instance.report.dashboardUrl}/api/trpc/project.list?input=${input}`);
  expect(answer.status()).toBe(401);
});

test("a wrong password is refused, the right one leads to where one wanted to go", async ({ page, instance }) => {
  await page.goto("/settings/account");
  await page.getByLabel("E-mail").fill(instance.owner.email);
  await page.getByLabel("Password").fill("not the password");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "wrong" })).toBeVisible();
  await expect(page).toHaveURL(/\/sign-in/);

  await page.getByLabel("Password").fill(instance.owner.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(/\/settings\/account$/);
});
