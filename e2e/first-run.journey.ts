import { signIn } from "./steps/session";
import { expect, test } from "./steps/test";
import { openApplication } from "./steps/traffic";

test.use({ signedIn: false });

test("the first run leads to a running sample", async ({ page, system }) => {
  await test.step("sign in with the account that the terminal shows", () => signIn(page, system.owner));

  await test.step("the sample's project is there, and its service runs", async () => {
    const row = page.getByRole("listitem").filter({ hasText: "Sample" });
    await expect(row).toContainText("1 running");
    await row.getByRole("link", { name: "Sample" }).click();
    const service = page.getByRole("listitem").filter({ hasText: "Hello" });
    await expect(service).toContainText("Running");
    await service.getByRole("link", { name: "Hello", exact: true }).click();
    await expect(page.getByRole("heading", { name: "Hello", level: 1 })).toBeVisible();
  });

  await test.step("the application answers at its own host name, its streams too", async () => {
    const application = await openApplication(page);
    expect(application.url()).toBe(`${system.report.applicationUrl}/`);
    await expect(application.getByRole("heading", { name: "It runs." })).toBeVisible();
    const fact = (term: string) =>
      application.getByRole("term").filter({ hasText: term }).locator("xpath=following-sibling::dd");
    await expect(fact("Version")).toHaveText("1.0.0");
    await expect(fact("WebSocket")).toContainText("ms");
    await expect(fact("Event stream")).not.toContainText("connecting");
  });
});
