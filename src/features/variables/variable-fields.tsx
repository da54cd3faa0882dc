"use client";

import { Eye, EyeOff, Trash2 } from "lucide-react";
import { type ClipboardEvent, memo, useId, useState } from "react";
import { Button } from "@/ui/button";
import { Checkbox } from "@/ui/checkbox";
import { cn } from "@/ui/cn";
import { Field } from "@/ui/field";
import { Input } from "@/ui/input";
import { Label } from "@/ui/label";
import { Textarea } from "@/ui/textarea";
import type { VariableRow } from "./variable-rows";

type VariableFieldsProps = {
  row: VariableRow;
  problem: string | undefined;
  onChange: (id: string, patch: Partial<VariableRow>) => void;
  onRemove: (id: string) => void;
  onPasteName: (event: ClipboardEvent) => void;
};

export const VariableFields = memo(function VariableFields(props: VariableFieldsProps) {
  const { row, problem, onChange, onRemove } = props;
  const secretId = useId();
  const [shown, setShown] = useState(false);
  const named = row.key === "" ? "the new variable" : row.key;
  const kept = row.value === null;
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] items-start gap-2 sm:grid-cols-[minmax(0,2fr)_minmax(0,3fr)_auto_auto]">
      <Field label="Variable name" hideLabel error={problem} className="max-sm:col-span-2">
        {(control) => (
          <Input
            {...control}
            mono
            placeholder="NAME"
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            // Another name would need the value, which nobody but the platform has.
            readOnly={kept}
            value={row.key}
            onChange={(event) => onChange(row.id, { key: event.target.value })}
            onPaste={props.onPasteName}
          />
        )}
      </Field>
      <div className="relative max-sm:col-span-2">
        <Textarea
          mono
          rows={1}
          aria-label={`Value of ${named}`}
          placeholder={kept ? "Stored. Type to replace it." : "Value"}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          className={cn(
            "field-sizing-content max-h-40 min-h-8 resize-none max-sm:min-h-10 max-sm:py-[7px]",
            row.secret && "pr-9",
            row.secret && !shown && !kept && "[-webkit-text-security:disc]",
          )}
          value={row.value ?? ""}
          onChange={(event) => onChange(row.id, { value: typedValue(row, event.target.value) })}
        />
        {row.secret && !kept && (
          <Button
            variant="ghost"
            size="icon-sm"
            className="absolute top-0.5 right-0.5"
            aria-label={shown ? `Hide the value of ${named}` : `Show the value of ${named}`}
            onClick={() => setShown(!shown)}
          >
            {shown ? <EyeOff /> : <Eye />}
          </Button>
        )}
      </div>
      <div className="flex h-8 items-center gap-2 px-1">
        <Checkbox
          id={secretId}
          checked={row.secret}
          // What is stored as a secret stays one: making it plain would show it.
          disabled={kept}
          aria-label={`${named} is secret`}
          onCheckedChange={(checked) => onChange(row.id, { secret: checked === true })}
        />
        <Label htmlFor={secretId} className="font-normal text-muted">
          Secret
        </Label>
      </div>
      <Button variant="ghost" size="icon" aria-label={`Remove ${named}`} onClick={() => onRemove(row.id)}>
        <Trash2 />
      </Button>
    </li>
  );
});

/** A stored secret whose new value was taken away again keeps the old one. */
function typedValue(row: VariableRow, typed: string): string | null {
  return typed === "" && row.storedSecret ? null : typed;
}
