/** Pages on a network that drops requests. */
import type { Page, Route } from "playwright/test";
import { fillSignIn } from "./steps/session";
import { expect, test } from "./steps/test";

const scripts = /\/_next\/static\/.*\.js$/;

/** How often the browser asked for a page, with a full load. */
function countLoads(page: Page): () => number {
  let loads = 0;
  page.on("request", (request) => {
    const isPage = request.isNavigationRequest() && request.frame() === page.mainFrame();
    if (isPage && request.redirectedFrom() === null) loads += 1;
  });
  return () => loads;
}

/** Lets no script of the kind arrive until the returned function is called. */
async function block(page: Page, isMeant: (route: Route) => boolean | Promise<boolean>): Promise<() => void> {
  let blocked = true;
  await page.route(scripts, async (route) =>
    blocked && (await isMeant(route)) ? route.abort("connectionreset") : route.continue(),
  );
  return () => {
    blocked = false;
  };
}

const notice = (page: Page) => page.getByRole("alert").filter({ hasText: "A part of this page did not arrive" });

test.use({ expectedErrors: [/net::ERR_CONNECTION_RESET/] });

test("a page comes alive whichever of its scripts was lost on the way", async ({ page, context }) => {
  await page.goto("/projects");
  const addresses = await page.evaluate(() =>
    Array.from(document.querySelectorAll<HTMLScriptElement>("script[src]:not([nomodule])"), ({ src }) => src),
  );
  expect(addresses.length).toBeGreaterThan(5);
  const loseOne = async (address: string) => {
    const fresh = await context.newPage();
    const loads = countLoads(fresh);
    await fresh.route(address, (route) => route.abort("connectionreset"), { times: 1 });
    await fresh.goto("/projects");
    await fresh.getByRole("button", { name: "New project" }).click();
    await expect(fresh.getByRole("dialog", { name: "New project" }), address).toBeVisible();
    expect(loads(), "it did not have to load itself again").toBe(1);
    await fresh.close();
  };
  while (addresses.length > 0) await Promise.all(addresses.splice(0, 3).map(loseOne));
});

test.describe("before anybody could do anything in it", () => {
  test.use({ signedIn: false });

  test("a page whose script does not come loads itself again", async ({ page, system }) => {
    const loads = countLoads(page);
    const unblock = await block(page, (route) => route.request().url().includes("/turbopack-"));
    page.on("request", (request) => {
      if (request.isNavigationRequest() && loads() === 2) unblock();
    });
    await page.goto("/sign-in");
    await fillSignIn(page, system.owner);
    await expect(page.getByRole("heading", { name: "Projects", level: 1 })).toBeVisible();
    expect(loads()).toBeGreaterThanOrEqual(2);
  });

  test("it does so once; then it says what is wrong, and is whole again when the person reloads", async ({
    page,
    system,
  }) => {
    const loads = countLoads(page);
    const unblock = await block(page, (route) => route.request().url().includes("/turbopack-"));
    await page.goto("/sign-in");
    await expect(notice(page)).toBeVisible();
    expect(loads()).toBe(2);
    unblock();
    await notice(page).getByRole("button", { name: "Reload" }).click();
    await fillSignIn(page, system.owner);
    await expect(page.getByRole("heading", { name: "Projects", level: 1 })).toBeVisible();
    await expect(notice(page)).toBeHidden();
  });
});

test.describe("in a page that is used", () => {
  test.use({ expectedErrors: [/net::ERR_CONNECTION_RESET|never-was-here|ChunkLoadError/] });

  test("nothing that was typed is lost", async ({ page }) => {
    const loads = countLoads(page);
    const unblock = await block(page, async (route) => (await bodyOf(route)).includes("Project, service or page"));
    await page.goto("/projects");
    await page.getByRole("button", { name: "New project" }).click();
    const name = page.getByRole("dialog", { name: "New project" }).getByLabel("Name");
    await name.fill("Typed with care");

    await test.step("a part of the program that is loaded on demand", async () => {
      await page.keyboard.press("Control+k");
      await expect(page.getByText("The menu could not be loaded")).toBeVisible();
      await expect(name).toHaveValue("Typed with care");
      unblock();
      await page.keyboard.press("Control+k");
      await expect(page.getByPlaceholder("Project, service or page")).toBeVisible();
      await page.keyboard.press("Escape");
    });

    await test.step("a script of the page itself", async () => {
      await page.evaluate(() => {
        const script = document.createElement("script");
        script.src = "/_next/static/chunks/never-was-here.js";
        document.head.append(script);
      });
      await expect(notice(page)).toBeVisible();
      await expect(name).toHaveValue("Typed with care");
      expect(loads()).toBe(1);
    });
  });

  test("a page one goes to says so in its place", async ({ page }) => {
    const unblock = await block(page, async (route) => (await bodyOf(route)).includes("Loading the sessions"));
    await page.goto("/projects");
    await page.getByRole("button", { name: "Account menu" }).click();
    await page.getByRole("menuitem", { name: "Account settings" }).click();
    const alert = page.getByRole("main").getByRole("alert").filter({ hasText: "A part of this page did not arrive" });
    await expect(alert).toBeVisible();
    unblock();
    await alert.getByRole("button", { name: "Reload" }).click();
    await expect(page.getByRole("heading", { name: "Account settings", level: 1 })).toBeVisible();
  });
});

async function bodyOf(route: Route): Promise<string> {
  return (await route.fetch()).text();
}
