import { createLineCleaner } from "@/domain/log-text";
import type { Engine } from "@/server/ports";

const lineCount = 20;
/** More than is shown: of a secret that the first ones cut in two, nothing is left in the last ones. */
const readCount = 400;

/** The last lines that a container printed until now, without secrets. Throws engine_unavailable. */
export async function readLastLines(
  engine: Engine,
  container: string,
  secrets: string[],
  signal: AbortSignal,
): Promise<string[]> {
  const cleaner = createLineCleaner(secrets);
  const printed = await engine.tailLogs(container, readCount, signal);
  const lines = [...printed.flatMap((line) => cleaner.take(line)), ...cleaner.end(new Date(0))];
  return lines.slice(-lineCount).map((line) => line.x);
}
