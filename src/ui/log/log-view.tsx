"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { ArrowDown } from "lucide-react";
import { type ReactNode, useRef, useState } from "react";
import { Button } from "@/ui/button";
import { cn } from "@/ui/cn";
import { type LogLine, toPlainLog } from "./log-line";
import { LogRow } from "./log-row";
import { LogToolbar } from "./log-toolbar";
import { cleanTerminalText, plainText } from "./terminal-text";
import { useLogSearch } from "./use-log-search";

type LogViewProps = {
  /** What this log is, as a screen reader names it: "Build log". */
  name: string;
  lines: readonly LogLine[];
  /** Identity of a line, so that the place is kept when lines are put before it. */
  keyOf: (index: number) => number;
  fileName: string;
  /** Puts the number of the one that wrote it before each line. */
  showWriters?: boolean;
  toolbar?: ReactNode;
  /** Stands above the first line: more of the log, or that there is none. */
  head?: ReactNode;
  /** In place of lines, while there are none. */
  empty: ReactNode;
  /** One line below: that it goes on, that it ended, that the connection is lost. */
  foot: ReactNode;
  className?: string;
};

/** Thousands of lines at the cost of a screenful. It follows the end until the reader scrolls away from it. */
export function LogView(props: LogViewProps) {
  const { lines } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const [wrap, setWrap] = useState(true);
  const [times, setTimes] = useState(false);
  const [atEnd, setAtEnd] = useState(true);
  const search = useLogSearch(lines);

  const virtualizer = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 20,
    getItemKey: props.keyOf,
    overscan: 24,
    paddingStart: 8,
    paddingEnd: 8,
    anchorTo: "end",
    followOnAppend: true,
    scrollEndThreshold: 30,
    onChange: (instance) => setAtEnd(instance.isAtEnd(30)),
  });
  const currentLine = search.matches[search.current];

  return (
    <div
      className={cn("flex min-h-0 flex-col overflow-hidden rounded-lg border bg-surface shadow-card", props.className)}
    >
      <LogToolbar
        name={props.name}
        search={search}
        onJump={(line) => virtualizer.scrollToIndex(line, { align: "center" })}
        wrap={wrap}
        onWrap={(next) => {
          setWrap(next);
          virtualizer.measure();
        }}
        times={times}
        onTimes={setTimes}
        toText={() => toPlainLog(lines, (text) => plainText(cleanTerminalText(text)))}
        fileName={props.fileName}
      >
        {props.toolbar}
      </LogToolbar>
      <div className="relative min-h-0 flex-1">
        <div
          ref={scroller}
          role="log"
          aria-label={props.name}
          // A log writes faster than anyone can listen; the status beside it says what matters.
          aria-live="off"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1)
          tabIndex={0}
          // Programs choose their colours for a dark terminal.
          className="dark absolute inset-0 overflow-auto bg-sunken font-mono text-foreground text-xs focus-visible:outline-offset-[-2px]"
        >
          {props.head}
          {lines.length === 0 && <div className="px-4 py-3 text-muted">{props.empty}</div>}
          <div className="relative min-w-full" style={{ height: virtualizer.getTotalSize() }}>
            {virtualizer.getVirtualItems().map((item) => {
              const line = lines[item.index];
              return (
                line && (
                  <div
                    key={item.key}
                    ref={virtualizer.measureElement}
                    data-index={item.index}
                    className={cn("absolute top-0 left-0 min-w-full", wrap && "w-full")}
                    style={{ transform: `translateY(${item.start}px)` }}
                  >
                    <LogRow
                      line={line}
                      query={search.applied}
                      wrap={wrap}
                      times={times}
                      writers={props.showWriters ?? false}
                      current={item.index === currentLine}
                    />
                  </div>
                )
              );
            })}
          </div>
        </div>
        {!atEnd && lines.length > 0 && (
          <Button
            size="sm"
            className="absolute right-4 bottom-3 bg-raised shadow-raised"
            onClick={() => virtualizer.scrollToEnd()}
          >
            <ArrowDown />
            Jump to the end
          </Button>
        )}
      </div>
      <div className="flex min-h-8 items-center gap-2 border-t px-4 py-1 text-muted text-xs">{props.foot}</div>
    </div>
  );
}
