import { randomBytes } from "node:crypto";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";

/**
 * The owner's generated password, kept in a file of mode 0600 until it was printed: a first run that is interrupted
 * must not make an account that nobody can enter.
 */
export type PendingOwner = { password: string; forget: () => void };

/** The one that an interrupted first run left, or null. */
export function findPendingOwner(dataDirectory: string): PendingOwner | null {
  const file = fileIn(dataDirectory);
  try {
    return { password: readFileSync(file, "utf8").trim(), forget: () => rmSync(file, { force: true }) };
  } catch {
    return null;
  }
}

export function createPendingOwner(dataDirectory: string): PendingOwner {
  const file = fileIn(dataDirectory);
  const password = randomBytes(15).toString("base64url");
  writeFileSync(file, `${password}\n`, { mode: 0o600 });
  return { password, forget: () => rmSync(file, { force: true }) };
}

function fileIn(dataDirectory: string): string {
  return path.join(dataDirectory, "first-run-password");
}
