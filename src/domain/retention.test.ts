import { expect, it } from "vitest";
import { expiredImages, type ImageUse } from "./retention";

const now = new Date("2026-02-01T00:00:00Z");
const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000);
const use = (number: number, changes: Partial<ImageUse> = {}): ImageUse => ({
  imageReference: `web:${number}`,
  number,
  inUse: false,
  wasLive: true,
  usedAt: daysAgo(30),
  ...changes,
});
const seven = [1, 2, 3, 4, 5, 6, 7].map((number) => use(number));
const present = seven.map((one) => one.imageReference);
const change = (number: number, changes: Partial<ImageUse>) =>
  seven.map((one) => (one.number === number ? { ...one, ...changes } : one));

it.each<[string, ImageUse[], string[]]>([
  ["the last five that were live stay", seven, ["web:1", "web:2"]],
  ["one in use stays", change(1, { inUse: true }), ["web:2"]],
  ["a recent one stays", change(1, { usedAt: daysAgo(6) }), ["web:2"]],
  ["one exactly as old as the limit goes", change(1, { usedAt: daysAgo(7) }), ["web:1", "web:2"]],
  ["one that never was live does not count among the five", change(7, { wasLive: false }), ["web:1", "web:7"]],
  ["two deployments of one image count once", [...seven, use(8, { imageReference: "web:7" })], ["web:1", "web:2"]],
  ["an image that no deployment names goes", seven.slice(1), ["web:1", "web:2"]],
])("%s", (_name, uses, expected) => {
  expect(expiredImages(present, uses, 7, now)).toEqual(expected);
});
