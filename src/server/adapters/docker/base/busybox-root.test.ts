import { afterEach, beforeEach, expect, test } from "vitest";
import { busyboxRoot } from "./busybox-root";
import { MissingPart } from "./missing-part";

const path = process.env.PATH;
beforeEach(() => {
  process.env.PATH = "/nowhere";
});
afterEach(() => {
  process.env.PATH = path;
});

test("a machine without BusyBox is told which package to install", async () => {
  const error = await busyboxRoot("").catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(MissingPart);
  expect(error).toMatchObject({ fix: expect.stringContaining("busybox-static") });
});
