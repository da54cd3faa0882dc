import { existsSync } from "node:fs";
import path from "node:path";
import { routeFileName } from "@/domain/naming";
import { readServiceId } from "./steps/address";
import { expectStatus, openService } from "./steps/deployments";
import { findByService, findNetworks, killApplication, noResources, readEnvironmentId } from "./steps/engine";
import { deployNewService, lookAtRepository, nameService, startDeployment } from "./steps/new-service";
import { deleteProject } from "./steps/projects";
import { deleteService, openServiceTab, runningReplicas, stopService } from "./steps/services";
import { expect, test } from "./steps/test";
import { ask, readApplicationUrl } from "./steps/traffic";

/** Containers are stopped and removed, and what depends on them after them. */
const goneWithin = { timeout: 60_000 };

test("a service is watched, changed, stopped, started and removed without a trace", async ({
  page,
  application,
  system,
}) => {
  await application.commitTalkative("Talk");
  await deployNewService(page, "Operations", application.url);
  await expectStatus(page, "Live", 1);
  const url = await readApplicationUrl(page);
  await openService(page);

  await test.step("the runtime log shows what the application writes, while it writes", async () => {
    await openServiceTab(page, "Logs");
    const log = page.getByRole("log", { name: "Runtime log" });
    await expect(log).toContainText("hello listens on port");
    await ask(url, "/health?seen=live");
    await expect(log).toContainText("asked for GET /health?seen=live");
  });

  await test.step("two replicas: a setting takes effect with the next deployment", async () => {
    await openServiceTab(page, "Settings");
    const runtime = page.getByRole("form", { name: "Runtime" });
    const replicas = runtime.getByLabel("Replicas");
    await replicas.fill("9");
    await runtime.getByRole("button", { name: "Discard" }).click();
    await expect(replicas).toHaveValue("1");
    await replicas.fill("2");
    await runtime.getByRole("button", { name: "Save" }).click();
    await expect(runtime.getByRole("button", { name: "Save" })).toBeDisabled();
    await expect(page.getByText("Changes are not live yet")).toBeVisible();
    await page.getByRole("button", { name: "Deploy now" }).click();
    await expectStatus(page, "Live", 2);
    await openService(page);
    await expect(runningReplicas(page)).toHaveCount(2);
    await expect(page.getByRole("heading", { name: "Web", level: 1 })).toBeVisible();
  });

  await test.step("stopped, it says so at its address; started, it answers again", async () => {
    await stopService(page, "Web");
    await expect(page.getByRole("status").getByText("Stopped", { exact: true })).toBeVisible(goneWithin);
    const { status, body } = await ask(url, "/");
    expect(status).toBe(503);
    expect(body).toContain("This application is stopped");
    await page.getByRole("button", { name: "Start" }).click();
    await expect.poll(async () => (await ask(url, "/health")).status, goneWithin).toBe(200);
    await expect(runningReplicas(page)).toHaveCount(2);
  });

  const serviceId = readServiceId(page);
  const environmentId = await readEnvironmentId(serviceId);

  await test.step("its processes killed, it says so, and that it runs again, on an open page", async () => {
    const health = page.getByRole("heading", { name: "Web", level: 1 }).locator("..").getByRole("status");
    await expect(health).toHaveText("Running");
    await killApplication(serviceId);
    await expect(health).toHaveText("Restarting");
    await expect(page.getByText("The application ended and was started again")).toBeVisible();
    await expect(health).toHaveText("Running", goneWithin);
    await expect(page.getByText("The application ended and was started again")).toBeHidden();
  });

  await test.step("deleting the service removes its containers, images, network and route", async () => {
    await deleteService(page, "Web");
    await expect.poll(() => findByService(serviceId), goneWithin).toEqual(noResources);
    await expect.poll(() => findNetworks(environmentId), goneWithin).toEqual([]);
    await expectNoRoute(system.dataDirectory, serviceId, url);
    await expect(page.getByText("No services yet")).toBeVisible(goneWithin);
  });

  await test.step("deleting a project removes its services with all of theirs", async () => {
    await lookAtRepository(page, application.url);
    await nameService(page, "Again", "/health");
    await startDeployment(page);
    await expectStatus(page, "Live", 1);
    const again = readServiceId(page);
    const address = await readApplicationUrl(page);
    await page.getByRole("link", { name: "Operations" }).click();
    await deleteProject(page, "Operations");
    await expect(page.getByRole("link", { name: "Operations" })).toHaveCount(0, goneWithin);
    expect(await findByService(again)).toEqual(noResources);
    expect(await findNetworks(environmentId)).toEqual([]);
    await expectNoRoute(system.dataDirectory, again, address);
  });
});

async function expectNoRoute(dataDirectory: string, serviceId: string, url: string): Promise<void> {
  expect(existsSync(path.join(dataDirectory, "routes", routeFileName(serviceId)))).toBe(false);
  await expect.poll(async () => (await ask(url, "/")).body).toContain("No application here");
}
