import { appendFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, it } from "vitest";
import { rotateLog } from "./rotate-log";

it("keeps one former part", () => {
  const directory = mkdtempSync(path.join(tmpdir(), "helvetia-log-"));
  try {
    const file = path.join(directory, "web.log");
    rotateLog(file, 4);
    appendFileSync(file, "1234");
    rotateLog(file, 4);
    appendFileSync(file, "5");
    rotateLog(file, 4);
    expect([readFileSync(file, "utf8"), readFileSync(`${file}.1`, "utf8")]).toEqual(["", "12345"]);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
});
