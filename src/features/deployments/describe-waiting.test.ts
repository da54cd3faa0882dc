import { expect, it } from "vitest";
import { describeOthers, describePlace, describeReason, ordinal } from "./describe-waiting";

it.each([
  [1, "1st"],
  [2, "2nd"],
  [3, "3rd"],
  [4, "4th"],
  [11, "11th"],
  [12, "12th"],
  [13, "13th"],
  [21, "21st"],
  [102, "102nd"],
  [111, "111th"],
])("%i is the %s", (place, text) => {
  expect(ordinal(place)).toBe(text);
});

it("names the place of what stands in the queue", () => {
  expect(describePlace({ place: 3, reason: "slots" })).toBe("3rd in the queue");
  expect(describePlace({ place: 1, reason: "worker" })).toBe("1st in the queue");
  expect(describePlace({ place: null, reason: "deployment" })).toBe("After the one before");
  expect(describePlace({ place: 1, reason: "starting" })).toBe("About to begin");
});

it("says why", () => {
  expect(describeReason({ reason: "slots", slots: 1 })).toBe("The one build slot is busy with");
  expect(describeReason({ reason: "slots", slots: 4 })).toBe("All 4 build slots are busy with");
  expect(describeReason({ reason: "worker", slots: 0 })).toMatch(/^No worker runs/);
  expect([0, 1, 2].map(describeOthers)).toEqual([null, "one of another organization", "2 of other organizations"]);
});
