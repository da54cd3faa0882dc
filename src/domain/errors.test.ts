import { describe, expect, it, vi } from "vitest";
import { AppError, isAppError } from "./errors";

describe("AppError", () => {
  it("knows one of another copy of this module, and nothing else", async () => {
    vi.resetModules();
    const copy = await import("./errors");
    expect(copy.AppError).not.toBe(AppError);
    const foreign: unknown = new copy.AppError("conflict");
    expect(foreign instanceof AppError).toBe(true);
    expect(isAppError(foreign, "conflict")).toBe(true);
    expect(isAppError(foreign, "not_found")).toBe(false);
    for (const other of [new Error("conflict"), { code: "conflict" }, null, "conflict"]) {
      expect(isAppError(other)).toBe(false);
    }
  });

  it("keeps of itself what may be shown, without cause or stack", () => {
    const error = new AppError("conflict", { message: "Taken.", details: { by: "Ada" }, cause: new Error("secret") });
    expect(JSON.parse(JSON.stringify(error.toRecord()))).toEqual({
      code: "conflict",
      message: "Taken.",
      fix: "Reload, look at the change, and try again.",
      blame: "input",
      retryable: false,
      details: { by: "Ada" },
    });
  });
});
