import { createLineCleaner } from "@/domain/log-text";
import type { Engine } from "@/server/ports";

const lineCount = 20;
const patienceMs = 2_000;

/** The last lines a container printed, without secrets. A container that goes on printing is read for two seconds. */
export async function readLastLines(
  engine: Engine,
  container: string,
  secrets: string[],
  signal: AbortSignal,
): Promise<string[]> {
  const cleaner = createLineCleaner(secrets);
  const lines: string[] = [];
  const enough = AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]);
  for await (const line of engine.followLogs(container, null, enough)) {
    lines.push(...cleaner.take(line).map((one) => one.x));
    lines.splice(0, lines.length - lineCount);
  }
  signal.throwIfAborted();
  lines.push(...cleaner.end(new Date(0)).map((one) => one.x));
  return lines.slice(-lineCount);
}
