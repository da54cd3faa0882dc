import type { StoredLogLine } from "@/domain/log-line";

const batchLines = 1_000;
const batchCharacters = 512 * 1024;

/** The lines that one chunk takes, from the front. */
export function nextBatch(lines: StoredLogLine[]): StoredLogLine[] {
  let characters = 0;
  let end = 0;
  for (const line of lines.slice(0, batchLines)) {
    characters += line.x.length;
    if (end > 0 && characters > batchCharacters) break;
    end += 1;
  }
  return lines.slice(0, end);
}
