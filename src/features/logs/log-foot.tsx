import type { LogBuffer } from "./log-buffer";

type LogFootProps = {
  buffer: LogBuffer;
  paused: boolean;
  /** The window is not at the end: what comes is not shown. */
  away: boolean;
};

export function LogFoot({ buffer, paused, away }: LogFootProps) {
  if (!buffer.loaded) return <span>Loading</span>;
  const count = buffer.endOffset - buffer.oldestOffset;
  const removed = buffer.oldestOffset;
  return (
    <>
      {buffer.complete ? (
        <span>Complete</span>
      ) : paused ? (
        <span className="text-waiting">Paused. New lines are kept and appear when you resume.</span>
      ) : (
        <span className="flex items-center gap-1.5">
          <span aria-hidden className="size-1.5 rounded-full bg-good-mark" />
          {away ? "Live. New lines are added at the end." : "Live"}
        </span>
      )}
      <span className="tabular ml-auto">
        {count === 1 ? "1 line" : `${count.toLocaleString("en")} lines`}
        {removed > 0 && `, ${removed.toLocaleString("en")} older ones removed`}
      </span>
    </>
  );
}
