import { describe, expect, test } from "vitest";
import { AppError } from "@/domain/errors";
import { orAbsent, translateError } from "./translate-error";

/** An error as dockerode makes it of the Engine's answer. */
const answered = (statusCode: number, message: string) =>
  Object.assign(new Error(`(HTTP code ${statusCode}) server error - ${message} `), { statusCode, json: { message } });

describe("translateError", () => {
  test("a lost connection is engine_unavailable, whatever was asked", () => {
    for (const code of ["ECONNREFUSED", "ENOENT", "ECONNRESET"]) {
      const error = Object.assign(new Error(code), { code });
      expect(translateError(error, "image_not_found").code).toBe("engine_unavailable");
    }
    expect(translateError(new Error("socket hang up")).code).toBe("engine_unavailable");
  });

  test("what the Engine answered is what was meant, and its words are kept for the operator", () => {
    const error = translateError(answered(500, "the operation was aborted: connect ECONNREFUSED"), "engine_refused", {
      name: "x",
    });
    expect(error).toMatchObject({
      code: "engine_refused",
      details: { name: "x", reason: "the operation was aborted: connect ECONNREFUSED" },
    });
  });

  test("a full disk is told apart, an AppError is left alone", () => {
    expect(translateError(answered(500, "write /x: no space left on device")).code).toBe("disk_full");
    const known = new AppError("build_failed");
    expect(translateError(known)).toBe(known);
  });
});

test("orAbsent: 404 is absence, all else an error", async () => {
  expect(await orAbsent(Promise.reject(answered(404, "no")), null)).toBeNull();
  expect(await orAbsent(Promise.resolve(1), null)).toBe(1);
  await expect(orAbsent(Promise.reject(answered(500, "no")), null)).rejects.toMatchObject({ code: "engine_refused" });
});
