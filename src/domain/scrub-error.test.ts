import { expect, it } from "vitest";
import { AppError } from "./errors";
import { scrubError } from "./scrub-error";

it("takes secrets out of every text of an error, and leaves the rest as it is", () => {
  const error = new AppError("build_failed", {
    message: 'The build failed: "curl -H hunter22" ended with exit code 7.',
    details: { exitCode: 7, command: "curl -H hunter22", lastLines: ["ok", "basic aHVudGVyMjI="] },
  }).toRecord();
  const scrubbed = scrubError(error, ["hunter22"]);
  expect(scrubbed).toEqual({
    ...error,
    message: 'The build failed: "curl -H [redacted]" ended with exit code 7.',
    details: { exitCode: 7, command: "curl -H [redacted]", lastLines: ["ok", "basic [redacted]="] },
  });
  expect(scrubError(error, [])).toBe(error);
});

it("a secret that is spelled like a code leaves the code", () => {
  const error = new AppError("build_failed").toRecord();
  expect(scrubError(error, ["build_failed"]).code).toBe("build_failed");
});
