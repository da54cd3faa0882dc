import { describe } from "vitest";

const isRoot = process.getuid?.() === 0 && process.platform === "linux";

/** For tests that mount a disk or run an Engine of their own: elsewhere they are skipped, and say so. */
export const describeAsRoot: typeof describe.skip = isRoot
  ? describe
  : (((name: string, ...rest: unknown[]) => {
      process.stderr.write(`skipped, not root on Linux: ${name}\n`);
      return (describe.skip as (...all: unknown[]) => void)(name, ...rest);
    }) as typeof describe.skip); // safe because it forwards to describe.skip with the same arguments
