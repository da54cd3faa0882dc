import { readFileSync } from "node:fs";

/** The last lines of a log file, indented for the terminal; from the byte `from` on. */
export function tailOf(file: string, from = 0, lines = 12): string {
  try {
    const text = readFileSync(file).subarray(from).toString("utf8").trimEnd();
    return text
      .split("\n")
      .slice(-lines)
      .map((line) => `    ${line}`)
      .join("\n");
  } catch {
    return "    (nothing in its log)";
  }
}
