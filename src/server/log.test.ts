import { DrizzleQueryError } from "drizzle-orm/errors";
import { expect, it } from "vitest";
import { serializeError } from "./log";

it("logs of a failed query what was asked and why it failed, and none of its parameters", () => {
  const failed = new DrizzleQueryError("insert into t values ($1)", ["hunter2"], new Error("no such table"));
  for (const error of [failed, new Error("while saving", { cause: failed })]) {
    const text = JSON.stringify(serializeError(error));
    expect(text).not.toContain("hunter2");
    expect(text).toContain("no such table");
    expect(text).toContain("insert into t");
  }
});
