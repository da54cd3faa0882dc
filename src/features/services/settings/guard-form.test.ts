import { expect, it } from "vitest";
import { defaultGuard } from "@/domain/guard/guard-settings";
import { guardForm, guardToForm } from "./guard-form";

const everything = {
  ...defaultGuard,
  enabled: false,
  windowSeconds: 3600,
  maxP95Factor: 2.5,
  maxErrorRateIncrease: 0.005,
};
const nothing = {
  ...defaultGuard,
  maxErrorRateIncrease: null,
  maxP95Factor: null,
  maxRestarts: null,
  windowSeconds: 90,
};

it.each([defaultGuard, everything, nothing])(
  "shows what is stored so that saving it changes nothing: %j",
  (settings) => {
    expect(guardForm.parse(guardToForm(settings))).toEqual(settings);
  },
);

it("takes what people type", () => {
  const typed = { ...guardToForm(defaultGuard), windowSeconds: "2m", maxErrorRateIncrease: "2,5", maxP95Factor: "3x" };
  expect(guardForm.parse(typed)).toMatchObject({ windowSeconds: 120, maxErrorRateIncrease: 0.025, maxP95Factor: 3 });
});

it.each([
  ["windowSeconds", "10 s", "Enter a time from 30 s to 1 h, such as 5 min."],
  ["windowSeconds", "", "Enter a time from 30 s to 1 h, such as 5 min."],
  ["maxErrorRateIncrease", "none", "Enter a share from 0.1 to 100 %, or nothing."],
  ["maxP95Factor", "1", "Enter a factor from 1.1 to 100, or nothing."],
  ["minRequests", "1.5", "Enter a number from 10 to 1,000,000."],
  ["maxRestarts", "-1", "Enter a number from 1 to 100, or nothing."],
])("says what is wrong with %s %j", (field, text, message) => {
  const result = guardForm.safeParse({ ...guardToForm(defaultGuard), [field]: text });
  expect(result.error?.issues).toMatchObject([{ path: [field], message }]);
});
