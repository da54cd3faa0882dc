"use client";

import { Plus } from "lucide-react";
import type { ClipboardEvent } from "react";
import { Button } from "@/ui/button";
import { PasteEnvDialog } from "./paste-env-dialog";
import type { VariableRows } from "./use-variable-rows";
import { VariableFields } from "./variable-fields";

/** Names and values, one row each. Pasting several lines into a name takes them all for a .env file. */
export function VariableEditor({ variables }: { variables: VariableRows }) {
  const { rows, problems, update, remove, add, paste } = variables;
  const onPaste = (event: ClipboardEvent) => {
    const text = event.clipboardData.getData("text/plain");
    if (!/\n\s*\S/.test(text) || !text.includes("=")) return;
    event.preventDefault();
    paste(text);
  };
  return (
    <div className="flex flex-col gap-3">
      {rows.length > 0 && (
        <ul className="flex flex-col gap-4 sm:gap-2">
          {rows.map((row) => (
            <VariableFields
              key={row.id}
              row={row}
              problem={problems.get(row.id)}
              onChange={update}
              onRemove={remove}
              onPasteName={onPaste}
            />
          ))}
        </ul>
      )}
      <div className="flex flex-wrap gap-2">
        <Button onClick={add}>
          <Plus />
          Add a variable
        </Button>
        <PasteEnvDialog onPaste={paste} />
      </div>
    </div>
  );
}
