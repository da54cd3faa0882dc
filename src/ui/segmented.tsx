"use client";

import { useId } from "react";
import { cn } from "./cn";

type SegmentedProps<Value extends string> = {
  legend: string;
  options: readonly { value: Value; label: string }[];
  value: Value;
  onChange: (value: Value) => void;
  className?: string;
};

/** A choice of few, all in sight. Radio buttons underneath: arrow keys move, a screen reader counts. */
export function Segmented<Value extends string>(props: SegmentedProps<Value>) {
  const name = useId();
  return (
    <fieldset className={cn("flex flex-col gap-1.5", props.className)}>
      <legend className="mb-1.5 font-medium text-sm">{props.legend}</legend>
      <div className="inline-flex w-fit rounded-md border bg-sunken p-0.5">
        {props.options.map(({ value, label }) => (
          <label
            key={value}
            className="relative flex h-7 cursor-pointer items-center rounded-sm border border-transparent px-3 text-muted text-sm transition-colors has-checked:border-border-strong has-focus-visible:outline-2 has-focus-visible:outline-focus has-checked:bg-surface has-checked:font-medium has-checked:text-foreground has-checked:shadow-card hover:text-foreground max-sm:h-9"
          >
            <input
              type="radio"
              className="absolute inset-0 cursor-pointer opacity-0"
              name={name}
              value={value}
              checked={props.value === value}
              onChange={() => props.onChange(value)}
            />
            {label}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
