import { TRPCError } from "@trpc/server";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { AppError, type ErrorCode, errorCatalogue } from "@/domain/errors";
import { createLogger } from "@/server/log";
import { reportError, toAppError, toErrorData, toTrpcError } from "./errors";

const zodError = (): unknown => {
  const schema = z.object({ name: z.string().min(1, "Enter a name."), list: z.array(z.object({ key: z.string() })) });
  return schema.safeParse({ name: "", list: [{ key: 1 }] }).error;
};

describe("toErrorData", () => {
  it("says code, message, fix, whose fault it is and the request id", () => {
    const error = toTrpcError(new AppError("name_taken", { details: { fields: { name: "Taken." } } }));
    expect(toErrorData(error, "req-1")).toEqual({
      code: "name_taken",
      message: "This name is already in use here.",
      fix: "Choose another name.",
      blame: "input",
      retryable: false,
      details: { fields: { name: "Taken." } },
      httpStatus: 409,
      requestId: "req-1",
    });
  });

  it("makes invalid_input of a zod error, with a message for each field", () => {
    for (const error of [zodError(), new TRPCError({ code: "BAD_REQUEST", cause: zodError() })]) {
      const data = toErrorData(toTrpcError(error), "req-1");
      expect(data).toMatchObject({ code: "invalid_input", httpStatus: 400 });
      expect(data.details?.fields).toMatchObject({ name: "Enter a name.", "list.0.key": expect.any(String) });
    }
  });

  it("shows of an unknown error nothing but the request id", () => {
    for (const error of [new Error("password=hunter2"), "hunter2", new TRPCError({ code: "INTERNAL_SERVER_ERROR" })]) {
      const trpcError = toTrpcError(error);
      const shown = JSON.stringify(toErrorData(trpcError, "req-1")) + trpcError.message;
      expect(shown).not.toContain("hunter2");
      expect(toErrorData(trpcError, "req-1")).toMatchObject({
        code: "unexpected",
        httpStatus: 500,
        requestId: "req-1",
      });
    }
  });

  it.each<[TRPCError["code"], ErrorCode]>([
    ["NOT_FOUND", "not_found"],
    ["PARSE_ERROR", "invalid_input"],
    ["METHOD_NOT_SUPPORTED", "invalid_input"],
  ])("translates tRPC's own %s", (code, expected) => {
    expect(toAppError(new TRPCError({ code })).code).toBe(expected);
  });

  it("has an HTTP status of its class for every code of the catalogue", () => {
    for (const [code, { blame }] of Object.entries(errorCatalogue)) {
      const status = toErrorData(toTrpcError(new AppError(code as ErrorCode)), "").httpStatus; // safe because it is a key of the catalogue
      expect(status >= 500, `${code}: ${status}`).toBe(blame !== "input");
    }
  });
});

describe("reportError", () => {
  it("logs what nobody expected, with its request id, and nothing else", () => {
    const lines: unknown[] = [];
    const log = Object.assign(createLogger("test", "silent"), { error: (line: unknown) => lines.push(line) });
    const about = { requestId: "req-1", path: "project.get" };
    reportError(log, toTrpcError(new AppError("not_found")), about);
    reportError(log, zodError(), about);
    expect(lines).toEqual([]);
    const cause = new Error("boom");
    reportError(log, toTrpcError(cause), about);
    expect(lines).toEqual([{ ...about, err: cause }]);
  });
});
