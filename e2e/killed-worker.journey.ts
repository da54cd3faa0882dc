import { readServiceId } from "./steps/address";
import { buildLog, expectStatus, phase } from "./steps/deployments";
import { findByService } from "./steps/engine";
import { deployNewService } from "./steps/new-service";
import { readWorkerProcess } from "./steps/system";
import { expect, test } from "./steps/test";
import { expectNoFailedRequest, keepAsking, readApplicationUrl, readVersion } from "./steps/traffic";

test("a deployment arrives although its worker is killed in mid-build", async ({ page, application, system }) => {
  const others = keepAsking(system.report.applicationUrl ?? "", ["1.0.0"]);
  await application.commitSlowBuild({ version: "1.0.0", seconds: 8, mark: system.instanceId }, "Survive");
  await deployNewService(page, "Killed worker", application.url);
  await expect(buildLog(page)).toContainText("compiled part 8", { timeout: 60_000 });

  const killed = readWorkerProcess(system);
  if (killed === null) throw new Error("no worker runs");
  process.kill(killed, "SIGKILL");
  await expect.poll(() => readWorkerProcess(system)).not.toBe(killed);

  await expectStatus(page, "Live", 1);
  await expect(phase(page, "Build")).toContainText("Done");
  expect(await readVersion(await readApplicationUrl(page))).toBe("1.0.0");
  await test.step("it was done once, and the other applications never noticed", async () => {
    const { containers, images } = await findByService(readServiceId(page));
    expect(containers).toHaveLength(1);
    expect(images).toHaveLength(1);
    await expectNoFailedRequest(others);
  });
});
