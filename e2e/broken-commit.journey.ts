import { readServiceId } from "./steps/address";
import { buildLog, deployAgain, errorPanel, expectStatus, phase } from "./steps/deployments";
import { findByService } from "./steps/engine";
import { deployNewService } from "./steps/new-service";
import { expect, test } from "./steps/test";
import { expectNoFailedRequest, keepAsking, readApplicationUrl } from "./steps/traffic";

test("a broken commit leaves the old version serving, and says what is wrong", async ({ page, application }) => {
  await application.commitVersion("1.0.0", "Works");
  await deployNewService(page, "Broken commits", application.url);
  await expectStatus(page, "Live", 1);
  const load = keepAsking(await readApplicationUrl(page), ["1.0.0"]);

  await test.step("one that does not build", async () => {
    await application.commitBrokenBuild("Break the build");
    await deployAgain(page);
    await expectStatus(page, "Failed", 2);
    await expect(errorPanel(page)).toContainText('The build failed: "npm run build" ended with exit code 7.');
    await expect(phase(page, "Build")).toContainText("Failed");
    await expect(buildLog(page)).toContainText("compiling");
  });

  await test.step("one that ends right after its start", async () => {
    await application.commitCrash("Forget the database");
    await deployAgain(page);
    await expectStatus(page, "Failed", 3);
    await expect(errorPanel(page)).toContainText("The application stopped right after its start with exit code 3.");
    await expect(errorPanel(page)).toContainText("no database to be found");
  });

  await test.step("one that is never healthy", async () => {
    await application.commitUnhealthy("Lose the database");
    await deployAgain(page);
    await expectStatus(page, "Failed", 4);
    await expect(errorPanel(page)).toContainText("/health answered with status 503");
    await expect(errorPanel(page)).toContainText("the database is away");
    await expect(phase(page, "Health check")).toContainText("Failed");
  });

  await test.step("all the while the first version answered every request; of the others nothing runs", async () => {
    await expectNoFailedRequest(load);
    await expect.poll(async () => (await findByService(readServiceId(page))).containers).toHaveLength(1);
  });
});
