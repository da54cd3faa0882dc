/** The whole system for all journeys of a run: `npm start` on an empty data directory, and nothing left of it at the end. */
import { appendFileSync, cpSync, mkdirSync, rmSync } from "node:fs";
import path from "node:path";
import { startInstance } from "@/testing/instance";
import { openDoors } from "./browser/open-doors";
import { expectNothingOnEngine } from "./steps/engine";
import { announceSystem, readPrintedOwner } from "./steps/system";

const logs = path.join(import.meta.dirname, ".results/system");

/** Short enough that a journey may wait for it to pass; long enough for a busy machine. */
const environment = { OWNER_PASSWORD: "", HEALTH_TIMEOUT_SECONDS: "10", STOP_GRACE_SECONDS: "3" };

export default async function startSystem(): Promise<() => Promise<void>> {
  rmSync(logs, { recursive: true, force: true });
  mkdirSync(logs, { recursive: true });
  let printed = "";
  const instance = await startInstance((text) => {
    printed += text;
    appendFileSync(path.join(logs, "start.log"), text);
    process.stdout.write(text);
  }, environment);
  const { instanceId, dataDirectory, report } = instance;
  announceSystem({ instanceId, dataDirectory, report, owner: readPrintedOwner(printed) });
  const closeDoors = await openDoors([report.dashboardUrl, report.routerUrl].map((url) => Number(new URL(url).port)));
  return async () => {
    closeDoors();
    const code = await instance.stop();
    cpSync(path.join(dataDirectory, "logs"), logs, { recursive: true });
    await instance.destroy();
    await expectNothingOnEngine(instanceId);
    if (code !== 0) throw new Error(`npm start ended with ${code}`);
  };
}
