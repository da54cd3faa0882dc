/** What makes this instance itself, chosen once and kept in its data directory unless the environment says otherwise. */
import { randomBytes } from "node:crypto";
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { chooseNetworkPool } from "./choose-network-pool";
import { freePort } from "./free-port";

export type InstanceSettings = {
  instanceId: string;
  /** Network blocks of the environments: instances on one machine must not collide. */
  networkPool: string;
  samplePort: number;
};

/** Makes the data directory where it is missing. Its secrets are files of mode 0600. */
export async function ensureInstanceSettings(dataDirectory: string): Promise<InstanceSettings> {
  mkdirSync(dataDirectory, { recursive: true });
  // The account of PostgreSQL passes through to its own directory and cannot list this one.
  chmodSync(dataDirectory, 0o711);
  const file = path.join(dataDirectory, "instance.json");
  const found = readIfThere(file);
  if (found !== null) return JSON.parse(found) as InstanceSettings; // safe because only this function writes it
  const id = randomBytes(4);
  const settings = {
    instanceId: id.toString("hex"),
    networkPool: chooseNetworkPool(id.readUInt8(0)),
    samplePort: await freePort(),
  };
  writeFileSync(file, `${JSON.stringify(settings, null, 2)}\n`, { mode: 0o600, flag: "wx" });
  return settings;
}

/** SECRET_KEY: encrypts what the database keeps secret. Without this file those secrets are lost. */
export function ensureSecretKey(dataDirectory: string): string {
  const file = path.join(dataDirectory, "secret.key");
  const found = readIfThere(file);
  if (found !== null) return found.trim();
  const key = randomBytes(32).toString("base64");
  writeFileSync(file, `${key}\n`, { mode: 0o600, flag: "wx" });
  return key;
}

function readIfThere(file: string): string | null {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null; // safe because fs throws errno exceptions
    throw error;
  }
}
