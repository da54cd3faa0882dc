import { deployAgain, expectStatus, openTab, phase, rollBackTo } from "./steps/deployments";
import { deployNewService } from "./steps/new-service";
import { expect, test } from "./steps/test";
import { expectNoFailedRequest, keepAsking, readApplicationUrl, readVersion } from "./steps/traffic";

test("a click goes back to an earlier deployment, another one forward again", async ({ page, application }) => {
  await application.commitVersion("1.0.0", "First");
  await deployNewService(page, "Rollback", application.url);
  await expectStatus(page, "Live", 1);
  const url = await readApplicationUrl(page);
  await application.commitVersion("2.0.0", "Second");
  await deployAgain(page);
  await expectStatus(page, "Live", 2);
  expect(await readVersion(url)).toBe("2.0.0");
  const load = keepAsking(url, ["1.0.0", "2.0.0"]);

  await test.step("back: the old version answers", async () => {
    await rollBackTo(page, 1);
    await expectStatus(page, "Live", 3);
    await expect(phase(page, "Build")).toContainText("Skipped");
    expect(await readVersion(url)).toBe("1.0.0");
  });

  await test.step("forward: the new version answers", async () => {
    await rollBackTo(page, 2);
    await expectStatus(page, "Live", 4);
    expect(await readVersion(url)).toBe("2.0.0");
  });

  await test.step("nobody noticed a gap", () => expectNoFailedRequest(load));

  await test.step("the receipt says so, because the router counted it", async () => {
    await openTab(page, "Receipt");
    const counted = page.getByRole("region", { name: "Requests around the switch" });
    await expect(counted.getByRole("status")).toContainText(/ 0 of [\d,]{2,} requests failed after the switch/);
    await expect(counted.getByRole("columnheader", { name: "Before, #3" })).toBeVisible();
  });
});
