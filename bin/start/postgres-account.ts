/**
 * PostgreSQL refuses to run as root, so where we are root it runs as the system's user "postgres", which is made where
 * it is missing.
 */
import { execFile } from "node:child_process";
import { statSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { CommandError } from "./command-error.mjs";

const execute = promisify(execFile);

export type PostgresAccount = { uid: number; gid: number } | null;

/** `null`: run as the current user, which is not root. */
export async function ensurePostgresAccount(): Promise<PostgresAccount> {
  if (process.getuid?.() !== 0) return null;
  const found = await readAccount();
  if (found) return found;
  await execute("useradd", [
    "--system",
    "--user-group",
    "--no-create-home",
    "--shell",
    "/usr/sbin/nologin",
    "postgres",
  ]).catch((error: Error) => {
    throw new CommandError(
      `The system user "postgres" could not be made: ${error.message.trim()}.`,
      "Make one (PostgreSQL does not run as root), run this command as another user, or set DATABASE_URL.",
    );
  });
  return readAccount();
}

async function readAccount(): Promise<PostgresAccount> {
  try {
    const [uid, gid] = await Promise.all(
      ["-u", "-g"].map(async (flag) => (await execute("id", [flag, "postgres"])).stdout),
    );
    return { uid: Number(uid), gid: Number(gid) };
  } catch {
    return null;
  }
}

export type Invocation = { command: string; args: string[]; account: PostgresAccount };

/**
 * How to start one of PostgreSQL's programs as that account. A data directory below /root is closed to other
 * users: there it keeps, of root's rights, the one to pass through directories (capabilities(7), CAP_DAC_READ_SEARCH).
 */
export function asAccount(account: PostgresAccount, data: string, command: string, args: string[]): Invocation {
  if (account === null || isOpenToAll(data)) return { command, args, account };
  const keep = ["--inh-caps=-all,+dac_read_search", "--ambient-caps=+dac_read_search"];
  const identity = [`--reuid=${account.uid}`, `--regid=${account.gid}`, "--clear-groups"];
  return { command: "setpriv", args: [...identity, ...keep, "--", command, ...args], account: null };
}

/** Whether every directory above the path may be passed by everybody. */
export function isOpenToAll(target: string): boolean {
  for (let directory = path.dirname(path.resolve(target)); ; directory = path.dirname(directory)) {
    if ((statSync(directory).mode & 0o001) === 0) return false;
    if (directory === path.dirname(directory)) return true;
  }
}
