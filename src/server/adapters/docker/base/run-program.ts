import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Standard output of a program of this machine, without a shell. Rejects where it is missing or fails. */
export async function runProgram(program: string, args: string[]): Promise<string> {
  const { stdout } = await run(program, args, { timeout: 10_000, maxBuffer: 4 * 2 ** 20 });
  return stdout;
}

/** Where a program of this machine is, or null. */
export async function findProgram(name: string): Promise<string | null> {
  try {
    return (await runProgram("which", [name])).trim() || null;
  } catch {
    return null;
  }
}
