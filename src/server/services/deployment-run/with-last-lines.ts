import { AppError, isAppError } from "@/domain/errors";
import { createLineCleaner } from "@/domain/log-text";
import type { LineSink, LogLine } from "@/server/ports";

const lineCount = 20;

/** Where the work fails by what the application's own code does, its error carries the last lines of that, without secrets. */
export async function withLastLines<T>(
  secrets: string[],
  onLine: LineSink,
  work: (onLine: LineSink) => Promise<T>,
): Promise<T> {
  const last: LogLine[] = [];
  try {
    return await work((line) => {
      if (line.stream !== "system") last.push(line);
      if (last.length > lineCount) last.shift();
      return onLine(line);
    });
  } catch (error) {
    if (!isAppError(error) || error.blame !== "application" || last.length === 0) throw error;
    const cleaner = createLineCleaner(secrets);
    const stored = [...last.flatMap((line) => cleaner.take(line)), ...cleaner.end(new Date(0))];
    const { code, message, fix, details, cause } = error;
    const lastLines = stored.map(({ x }) => x).slice(-lineCount);
    throw new AppError(code, { message, fix, details: { ...details, lastLines }, cause });
  }
}
