import { accessSync, constants } from "node:fs";
import path from "node:path";

/** Whether a program of this name would be found. */
export function isOnPath(program: string): boolean {
  return (process.env.PATH ?? "").split(path.delimiter).some((directory) => {
    try {
      accessSync(path.join(directory, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
