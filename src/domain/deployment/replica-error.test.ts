import { expect, it } from "vitest";
import { at, endedState, frozen, replica, runningState } from "@/testing/decide-cases";
import type { Listener } from "./decision";
import { replicaEndedError, replicaUnhealthyError } from "./replica-error";

const refused = { ok: false, reason: "refused" } as const;
const within = "asked 12 times within 40 seconds (HEALTH_TIMEOUT_SECONDS).";
const on = (address: string, ...ports: number[]): Listener[] => ports.map((port) => ({ address, port }));

it.each<[string, Listener[] | null, string]>([
  ["where nobody could look", null, `Nothing answered on port 3000, ${within}`],
  ["nowhere", [], `Nothing answered on port 3000, ${within} The application listens on no port.`],
  ["elsewhere", on("::", 9000), `Nothing answered on port 3000, ${within} The application listens on 9000.`],
  [
    "on the right port of the wrong address",
    [...on("127.0.0.1", 3000), ...on("0.0.0.0", 9000)],
    `Nothing answered on port 3000, ${within} The application listens on 127.0.0.1:3000, where only itself can reach it.`,
  ],
  [
    "on the wrong port of the wrong address",
    on("::1", 8000, 9000),
    `Nothing answered on port 3000, ${within} The application listens on 127.0.0.1:8000, 127.0.0.1:9000 only.`,
  ],
])("says where it listens: %s", (_name, listeners, message) => {
  const error = replicaUnhealthyError(frozen, 3000, replica(runningState, { probe: refused, listeners }));
  expect(error).toMatchObject({ code: "port_not_open", blame: "application", message });
});

it("quotes the first line of an unhealthy answer", () => {
  const probe = { ok: false, reason: "status", status: 500, body: "no database\nat connect (db.js:3)" } as const;
  expect(replicaUnhealthyError(frozen, 3000, replica(runningState, { probe }))).toMatchObject({
    code: "health_check_failed",
    message:
      '/health answered with status 500 ("no database"), asked 12 times within 40 seconds (HEALTH_TIMEOUT_SECONDS). Wanted is 200 to 399.',
    details: { status: 500, body: probe.body },
  });
});

it.each([
  [at(100), "The application stopped right after its start with exit code 1."],
  [at(20_100), "The application stopped 20 seconds after its start with exit code 1."],
])("says how long it ran", (finishedAt, message) => {
  expect(replicaEndedError(frozen, replica(endedState({ finishedAt })))).toMatchObject({
    code: "container_exited",
    message,
  });
});
