import { randomBytes } from "node:crypto";
import { formatId, type IdKind } from "@/domain/ids";
import { makeStrangersService } from "./steps/strangers";
import { expect, test } from "./steps/test";

test.use({ expectedErrors: [/status of 404/] });

const unknown = (kind: IdKind) => formatId(kind, randomBytes(20));

test("what belongs to another organization looks like what does not exist", async ({ page, system }) => {
  const theirs = await makeStrangersService(system);
  const pairs = [
    [`/projects/${theirs.projectId}`, `/projects/${unknown("project")}`],
    [`/projects/${theirs.projectId}/settings`, `/projects/${unknown("project")}/settings`],
    [`/services/${theirs.serviceId}`, `/services/${unknown("service")}`],
    [`/services/${theirs.serviceId}/variables`, `/services/${unknown("service")}/variables`],
    [
      `/services/${theirs.serviceId}/deployments/${theirs.deploymentId}`,
      `/services/${unknown("service")}/deployments/${unknown("deployment")}`,
    ],
  ] as const;
  for (const [taken, free] of pairs) {
    const looks = [];
    for (const path of [free, taken]) {
      const answer = await page.goto(path);
      await expect(page.getByText("There is nothing at this address")).toBeVisible();
      looks.push({
        status: answer?.status(),
        title: await page.title(),
        text: await page.getByRole("main").textContent(),
      });
    }
    expect(looks[1], taken).toEqual(looks[0]);
  }
});

test("an address that no page has keeps the header, to go on from", async ({ page }) => {
  const answer = await page.goto("/nothing-is-here");
  expect(answer?.status()).toBe(404);
  await expect(page.getByText("There is nothing at this address")).toBeVisible();
  await page.getByRole("banner").getByRole("link", { name: "Helvetia Cloud" }).click();
  await expect(page).toHaveURL(/\/projects|\/organizations/);
});
