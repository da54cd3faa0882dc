"use client";

import { Button } from "@/ui/button";
import { CopyButton } from "@/ui/copy-button";
import { DialogBody, DialogClose, DialogFooter } from "@/ui/dialog";
import { ExactTime } from "@/ui/exact-time";
import { Field } from "@/ui/field";
import { Input } from "@/ui/input";

/** The one time that the link is shown. */
export function InvitationLink({ url, expiresAt }: { url: string; expiresAt: string }) {
  return (
    <>
      <DialogBody>
        <Field label="Link to join" hint="It works once, and is not shown again.">
          {(control) => (
            <span className="flex items-center gap-1">
              <Input {...control} mono readOnly value={url} onFocus={(event) => event.target.select()} />
              <CopyButton text={url} label="Copy the link" size="icon" />
            </span>
          )}
        </Field>
        <p className="text-muted text-sm">
          Valid until <ExactTime at={expiresAt} />.
        </p>
      </DialogBody>
      <DialogFooter>
        <DialogClose asChild>
          <Button variant="primary">Done</Button>
        </DialogClose>
      </DialogFooter>
    </>
  );
}
