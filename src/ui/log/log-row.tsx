import { AnsiHtml } from "fancy-ansi/react";
import { memo } from "react";
import { cn } from "@/ui/cn";
import { formatClock } from "@/ui/format-time";
import type { LogLine } from "./log-line";
import { cleanTerminalText, splitAtMatches } from "./terminal-text";

type LogRowProps = {
  line: LogLine;
  query: string;
  wrap: boolean;
  times: boolean;
  writers: boolean;
  /** The match that was jumped to. */
  current: boolean;
};

export const LogRow = memo(function LogRow({ line, query, wrap, times, writers, current }: LogRowProps) {
  const pieces = splitAtMatches(cleanTerminalText(line.x), query);
  return (
    <div
      className={cn(
        "flex min-w-full gap-3 px-4 leading-5",
        line.s === "system" && "text-muted",
        current && "bg-mark/20",
      )}
    >
      {times && <span className="shrink-0 select-none text-subtle">{formatClock(line.t)}</span>}
      {writers && line.r !== undefined && <span className="w-6 shrink-0 select-none text-subtle">{line.r + 1}</span>}
      <span className={cn("min-w-0", wrap ? "whitespace-pre-wrap [overflow-wrap:anywhere]" : "whitespace-pre")}>
        {pieces.map((piece) =>
          piece.match ? (
            <mark key={piece.start} className="rounded-[2px] bg-mark text-on-mark [&_*]:text-on-mark!">
              <AnsiHtml text={piece.text} />
            </mark>
          ) : (
            <AnsiHtml key={piece.start} text={piece.text} />
          ),
        )}
      </span>
    </div>
  );
});
