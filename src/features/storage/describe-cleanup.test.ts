import { expect, it } from "vitest";
import { describeItem } from "./describe-cleanup";

const item = { name: "n", label: null, serviceName: null, deploymentNumber: null };

it.each([
  [{ ...item, kind: "image" as const, serviceName: "Web", deploymentNumber: 12 }, "Web #12"],
  [{ ...item, kind: "image" as const, serviceName: "Web" }, "Web"],
  [{ ...item, kind: "mirror" as const, label: "https://git.example.com/a.git" }, "https://git.example.com/a.git"],
  [{ ...item, kind: "mirror" as const }, "Part of a repository copy"],
  [{ ...item, kind: "build_cache" as const }, "Unused build cache of the Docker Engine"],
  [{ ...item, kind: "checkout" as const }, "n"],
  [{ ...item, kind: "logs" as const, label: "12 lines" }, "12 lines"],
])("%o reads %s", (what, text) => {
  expect(describeItem(what)).toBe(text);
});
