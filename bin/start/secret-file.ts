import { randomBytes } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";

/** Reads a secret that this instance keeps in a file of its own, readable by its owner alone; makes it on the first call. */
export function ensureSecretFile(file: string, bytes: number): string {
  try {
    return readFileSync(file, "utf8").trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error; // safe because fs throws errno exceptions
  }
  const secret = randomBytes(bytes).toString("base64");
  // "wx": two first starts at once must not each make their own.
  writeFileSync(file, `${secret}\n`, { mode: 0o600, flag: "wx" });
  return secret;
}
