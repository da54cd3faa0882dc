"use client";

import { useVirtualizer, type Virtualizer } from "@tanstack/react-virtual";
import { ArrowDown } from "lucide-react";
import { type ReactNode, useEffect, useLayoutEffect, useRef, useState } from "react";
import { Button } from "@/ui/button";
import { cn } from "@/ui/cn";
import { indexOfKey } from "./index-of-key";
import { type LogLine, toPlainLog } from "./log-line";
import { LogRow } from "./log-row";
import type { LogSearch } from "./log-search";
import { LogToolbar } from "./log-toolbar";
import { cleanTerminalText, plainText } from "./terminal-text";
import { useFollow } from "./use-follow";

type LogViewProps = {
  /** What this log is, as a screen reader names it: "Build log". */
  name: string;
  /** A window of the log: more may come before and after. */
  lines: readonly LogLine[];
  /** Identity of a line, rising, so that the place is kept when lines are put before it. */
  keyOf: (index: number) => number;
  /** The window is at the end of the log: the viewer follows what comes. */
  isAtEnd: boolean;
  /** Whether the reader is at the last line, and so sees what comes. */
  onFollow: (follows: boolean) => void;
  /** The reader has come near the first or last line of the window. */
  onNearStart: () => void;
  onNearEnd: () => void;
  /** Asks for a window that holds the line, or the end of the log. */
  onShow: (key: number) => void;
  onShowEnd: () => void;
  search: LogSearch;
  download: { href: string; fileName: string };
  /** Puts the number of the one that wrote it before each line. */
  showWriters?: boolean;
  /** Controls that belong to this log; `goTo` shows a line and marks it. */
  toolbar?: (goTo: (key: number) => void) => ReactNode;
  /** Stands above the first line: more of the log, or that there is none. */
  head?: ReactNode;
  /** In place of lines, while there are none. */
  empty: ReactNode;
  /** One line below: that it goes on, that it ended, that the connection is lost. */
  foot: ReactNode;
  className?: string;
};

const nearLines = 100;

/** A log of any length at the cost of a screenful. It follows the end until the reader scrolls away from it. */
export function LogView(props: LogViewProps) {
  const { lines, keyOf, search, isAtEnd, onShow, onNearEnd } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const [wrap, setWrap] = useState(true);
  const [times, setTimes] = useState(false);
  const follow = useFollow(props.onFollow);
  const [target, setTarget] = useState<{ key: number } | null>(null);
  const [marked, setMarked] = useState<number | null>(null);

  function onChange(instance: Virtualizer<HTMLDivElement, Element>): void {
    follow.onScrolled(instance.isAtEnd(30) && isAtEnd);
    const { range } = instance;
    // Only where the reader goes: what comes by itself at the end is not asked for.
    if (!range || !instance.isScrolling) return;
    if (range.startIndex < nearLines) props.onNearStart();
    if (range.endIndex > lines.length - nearLines && !isAtEnd) onNearEnd();
  }
  const virtualizer = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 20,
    getItemKey: keyOf,
    overscan: 24,
    paddingStart: 8,
    paddingEnd: 8,
    anchorTo: "end",
    onChange,
  });

  // Not left to the virtualizer: it stops at the first frame in which it has not caught up.
  // biome-ignore lint/correctness/useExhaustiveDependencies: at every change of the lines
  useLayoutEffect(() => {
    if (!follow.follows || target !== null) return;
    if (isAtEnd) virtualizer.scrollToEnd();
    // More came while the end was fetched.
    else onNearEnd();
  }, [lines, follow.follows, isAtEnd, target, virtualizer, onNearEnd]);
  useEffect(() => {
    const index = target && indexOfKey(lines.length, keyOf, target.key);
    if (index === null) return;
    virtualizer.scrollToIndex(index, { align: "center" });
    setTarget(null);
  }, [target, lines, keyOf, virtualizer]);

  function jumpTo(key: number): void {
    follow.setFollows(false);
    setTarget({ key });
    onShow(key);
  }

  return (
    <div
      className={cn("flex min-h-0 flex-col overflow-hidden rounded-lg border bg-surface shadow-card", props.className)}
    >
      <LogToolbar
        name={props.name}
        search={search}
        onJump={jumpTo}
        wrap={wrap}
        onWrap={(next) => {
          setWrap(next);
          virtualizer.measure();
        }}
        times={times}
        onTimes={setTimes}
        toText={() => toPlainLog(lines, (text) => plainText(cleanTerminalText(text)))}
        download={props.download}
      >
        {props.toolbar?.((key) => {
          setMarked(key);
          jumpTo(key);
        })}
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
          {...follow.handlers}
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
                      query={search.query}
                      wrap={wrap}
                      times={times}
                      writers={props.showWriters ?? false}
                      current={item.key === (search.current ?? marked)}
                    />
                  </div>
                )
              );
            })}
          </div>
        </div>
        {!(follow.follows && isAtEnd) && lines.length > 0 && (
          <Button
            size="sm"
            className="absolute right-4 bottom-3 bg-raised shadow-raised"
            onClick={() => {
              follow.setFollows(true);
              props.onShowEnd();
            }}
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
