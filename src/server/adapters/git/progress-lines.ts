import type { LogLine } from "@/server/ports";

const betweenMs = 2000;
// biome-ignore lint/suspicious/noControlCharactersInRegex: a remote's escape sequences end here
const control = /[\u0000-\u0008\u000b-\u001f\u007f]/g;

/**
 * Turns git's progress, which overwrites one line again and again, into lines: what is done at once, what is under way
 * at most every two seconds. Errors are not shown: they come as AppErrors.
 */
export function progressLines(onLine: (line: LogLine) => void): (text: string) => void {
  let pending = "";
  let shownAt = performance.now();
  return (text) => {
    const parts = (pending + text).split(/[\r\n]/);
    pending = (parts.pop() ?? "").slice(-1000);
    for (const part of parts) {
      const line = part.replace(control, "").trimEnd();
      const isProgress = /:\s+\d+% \(|: \d+, done/.test(line);
      if (!isProgress) continue;
      if (!line.endsWith("done.") && performance.now() - shownAt < betweenMs) continue;
      shownAt = performance.now();
      onLine({ at: new Date(), stream: "stderr", text: line });
    }
  };
}
