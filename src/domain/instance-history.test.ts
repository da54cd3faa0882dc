import { expect, it } from "vitest";
import type { InstanceFacts } from "./instance-changes";
import { instanceHistory } from "./instance-history";

const at = (seconds: number) => new Date(Date.UTC(2026, 1, 1, 10, 0, seconds));
const facts = (changes: Partial<InstanceFacts> = {}): InstanceFacts => ({
  name: "web-0",
  serviceId: "svc_a",
  releaseId: "dep_a",
  replica: 0,
  containerId: "c1",
  status: "running",
  exitCode: null,
  outOfMemory: false,
  restartCount: 0,
  startedAt: at(1),
  address: "10.0.0.2:3000",
  ...changes,
});
const first = facts();
const again = facts({ startedAt: at(9), restartCount: 1 });
const other = facts({ containerId: "c2", startedAt: at(9) });

it.each<[string, InstanceFacts[], InstanceFacts[], string[]]>([
  ["nothing changed", [first], [first], []],
  ["the Engine started it again", [first], [again], [`restarted:c1:${at(9).toISOString()}`]],
  ["it ended, and is not up again", [first], [facts({ status: "restarting", exitCode: 1 })], []],
  [
    "it came up after it was seen down",
    [facts({ status: "exited" })],
    [again],
    [`restarted:c1:${at(9).toISOString()}`],
  ],
  ["it is gone", [first], [], ["removed:c1"]],
  ["it is back", [], [other], ["replaced:c2"]],
  ["it was gone and is back between two looks", [first], [other], ["removed:c1", "replaced:c2"]],
  ["it was made and does not run yet", [], [facts({ startedAt: null, status: "created" })], []],
  [
    "it was seen before its first start",
    [facts({ containerId: "c2", startedAt: null, status: "created", address: null })],
    [other],
    ["replaced:c2"],
  ],
  ["an old look comes late", [other], [first], []],
  ["an old look of one container comes late", [again], [first], []],
  ["a row from before ids were kept", [facts({ containerId: null })], [first], []],
  ["a row without an id is gone", [facts({ containerId: null })], [], [`removed:web-0:${at(1).toISOString()}`]],
])("%s", (_what, kept, seen, keys) => {
  expect(instanceHistory(kept, seen, at(20)).map((event) => event.key)).toEqual(keys);
});

it("tells what is known of the container, and when", () => {
  expect(instanceHistory([first], [again], at(20))).toEqual([
    {
      kind: "restarted",
      details: { container: "web-0", replica: 0, releaseId: "dep_a", restartCount: 1 },
      at: at(9),
      key: expect.any(String),
    },
  ]);
  expect(instanceHistory([first], [], at(20))).toMatchObject([{ kind: "container_removed", at: at(20) }]);
});
