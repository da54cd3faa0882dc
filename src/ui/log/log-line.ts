/** A line of output as the viewer takes it: time in ms since epoch, stream, text, and which of several wrote it, from 0. */
export type LogLine = { t: number; s: "stdout" | "stderr" | "system"; x: string; r?: number };

/** The whole log as a text file: ISO time, who wrote it where that is known, text without colours. */
export function toPlainLog(lines: readonly LogLine[], plain: (text: string) => string): string {
  return lines
    .map((line) => {
      const writer = line.r === undefined ? "" : ` [${line.r + 1}]`;
      return `${new Date(line.t).toISOString()}${writer} ${plain(line.x)}\n`;
    })
    .join("");
}
