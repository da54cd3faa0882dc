"use client";

import { ChevronDown, ChevronUp, Clock, Download, Search, WrapText } from "lucide-react";
import type { KeyboardEvent, ReactNode } from "react";
import { Button } from "@/ui/button";
import { cn } from "@/ui/cn";
import { CopyButton } from "@/ui/copy-button";
import { Input } from "@/ui/input";
import { Tooltip } from "@/ui/tooltip";
import { describeSearch, type LogSearch } from "./log-search";

type LogToolbarProps = {
  name: string;
  search: LogSearch;
  /** Takes the key of the match to show. */
  onJump: (key: number) => void;
  wrap: boolean;
  onWrap: (wrap: boolean) => void;
  times: boolean;
  onTimes: (times: boolean) => void;
  /** Of the lines that the viewer holds. */
  toText: () => string;
  /** The whole log as a file. */
  download: { href: string; fileName: string };
  /** Controls that belong to this log: filters, pause. */
  children?: ReactNode;
};

export function LogToolbar(props: LogToolbarProps) {
  const { search } = props;
  const jump = (direction: 1 | -1) => {
    const line = search.step(direction);
    if (line !== null) props.onJump(line);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter") {
      event.preventDefault();
      jump(event.shiftKey ? -1 : 1);
    }
    if (event.key === "Escape") search.setQuery("");
  };
  return (
    <div className="flex flex-wrap items-center gap-x-2 gap-y-2 border-b py-2 pr-3 pl-4">
      <h2 className="mr-2 font-semibold text-base">{props.name}</h2>
      <div className="relative min-w-40 flex-1 basis-40 sm:max-w-64">
        <Search
          aria-hidden
          className="pointer-events-none absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-subtle"
        />
        <Input
          type="search"
          aria-label={`Search the ${props.name.toLowerCase()}`}
          placeholder="Search"
          className="pl-8 [&::-webkit-search-cancel-button]:hidden"
          value={search.query}
          onChange={(event) => search.setQuery(event.target.value)}
          onKeyDown={onKeyDown}
        />
      </div>
      {search.query !== "" && (
        <div className="flex items-center">
          <span role="status" className="tabular px-1 text-muted text-xs">
            {describeSearch(search)}
          </span>
          <Button variant="ghost" size="icon-sm" aria-label="Previous match" onClick={() => jump(-1)}>
            <ChevronUp />
          </Button>
          <Button variant="ghost" size="icon-sm" aria-label="Next match" onClick={() => jump(1)}>
            <ChevronDown />
          </Button>
        </div>
      )}
      {props.children}
      <div className="ml-auto flex items-center gap-0.5">
        <Toggle label="Show times" pressed={props.times} onPressed={props.onTimes}>
          <Clock />
        </Toggle>
        <Toggle label="Wrap long lines" pressed={props.wrap} onPressed={props.onWrap}>
          <WrapText />
        </Toggle>
        <CopyButton text={props.toText} label="Copy the lines that are loaded" />
        <Tooltip content="Download the whole log">
          <Button variant="ghost" size="icon-sm" asChild>
            <a href={props.download.href} download={props.download.fileName} aria-label="Download the whole log">
              <Download />
            </a>
          </Button>
        </Tooltip>
      </div>
    </div>
  );
}

type ToggleProps = { label: string; pressed: boolean; onPressed: (pressed: boolean) => void; children: ReactNode };

function Toggle({ label, pressed, onPressed, children }: ToggleProps) {
  return (
    <Tooltip content={label}>
      <Button
        variant="ghost"
        size="icon-sm"
        aria-label={label}
        aria-pressed={pressed}
        className={cn(pressed && "bg-hover text-foreground")}
        onClick={() => onPressed(!pressed)}
      >
        {children}
      </Button>
    </Tooltip>
  );
}
