"use client";

import { ClipboardPaste } from "lucide-react";
import { useMemo, useState } from "react";
import { parseEnvFile } from "@/domain/env-file";
import { Button } from "@/ui/button";
import { Dialog, DialogBody, DialogClose, DialogContent, DialogFooter, DialogTrigger } from "@/ui/dialog";
import { Field } from "@/ui/field";
import { Textarea } from "@/ui/textarea";

export function PasteEnvDialog({ onPaste }: { onPaste: (text: string) => void }) {
  const [open, setOpen] = useState(false);
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button>
          <ClipboardPaste />
          Paste a .env file
        </Button>
      </DialogTrigger>
      <DialogContent
        title="Paste a .env file"
        description="Names that look like secrets are marked as such; you can change that before you save."
        className="max-w-2xl"
      >
        <PasteForm
          onPaste={(text) => {
            onPaste(text);
            setOpen(false);
          }}
        />
      </DialogContent>
    </Dialog>
  );
}

function PasteForm({ onPaste }: { onPaste: (text: string) => void }) {
  const [text, setText] = useState("");
  const file = useMemo(() => parseEnvFile(text), [text]);
  const count = file.entries.length;
  return (
    <>
      <DialogBody>
        <Field label="Contents of the file">
          {(control) => (
            <Textarea
              {...control}
              mono
              rows={12}
              autoFocus
              spellCheck={false}
              autoComplete="off"
              placeholder={'DATABASE_URL="postgres://..."\nLOG_LEVEL=info'}
              value={text}
              onChange={(event) => setText(event.target.value)}
            />
          )}
        </Field>
        <div role="status" className="flex flex-col gap-1 text-muted text-xs">
          {text !== "" && <p>{count === 1 ? "1 variable found." : `${count} variables found.`}</p>}
          {file.duplicates.length > 0 && <p>The last value counts for: {file.duplicates.join(", ")}</p>}
          {file.problems.slice(0, 5).map((problem) => (
            <p key={problem.line} className="text-bad">
              Line {problem.line}: {problem.message}
            </p>
          ))}
          {file.problems.length > 5 && <p className="text-bad">And {file.problems.length - 5} more lines.</p>}
        </div>
      </DialogBody>
      <DialogFooter>
        <DialogClose asChild>
          <Button>Cancel</Button>
        </DialogClose>
        <Button variant="primary" disabled={count === 0} onClick={() => onPaste(text)}>
          {count === 1 ? "Take over 1 variable" : `Take over ${count} variables`}
        </Button>
      </DialogFooter>
    </>
  );
}
