/** A line of output as the viewer takes it: time in ms since epoch, stream, text, and the replica that wrote it. */
export type LogLine = { t: number; s: "stdout" | "stderr" | "system"; x: string; r?: number };

/** The whole log as a text file: ISO time, replica where there is one, text without colours. */
export function toPlainLog(lines: readonly LogLine[], plain: (text: string) => string): string {
  return lines
    .map((line) => {
      const replica = line.r === undefined ? "" : ` [${line.r + 1}]`;
      return `${new Date(line.t).toISOString()}${replica} ${plain(line.x)}\n`;
    })
    .join("");
}
