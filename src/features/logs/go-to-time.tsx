"use client";

import { CalendarClock } from "lucide-react";
import { type FormEvent, useState } from "react";
import { toastError } from "@/features/api/toast-error";
import { useTRPCClient } from "@/features/api/trpc";
import { Button } from "@/ui/button";
import { Dialog, DialogBody, DialogContent, DialogFooter, DialogTrigger } from "@/ui/dialog";
import { Field } from "@/ui/field";
import { Input } from "@/ui/input";
import { Tooltip } from "@/ui/tooltip";
import type { LogKind } from "./use-log";

type GoToTimeProps = {
  deploymentId: string;
  kind: LogKind;
  /** When the line was printed that is at hand, in ms since epoch: what the field begins with. */
  near: number | null;
  onFound: (offset: number) => void;
};

/** Leads to the first line that was printed at a time or later. */
export function GoToTime({ deploymentId, kind, near, onFound }: GoToTimeProps) {
  const client = useTRPCClient();
  const [open, setOpen] = useState(false);
  const [pending, setPending] = useState(false);

  async function submit(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const value = new FormData(event.currentTarget).get("at");
    const at = new Date(String(value));
    if (Number.isNaN(at.getTime())) return;
    setPending(true);
    try {
      const { offset } = await client.log.locate.query({ deploymentId, kind, at });
      setOpen(false);
      onFound(offset);
    } catch (error) {
      toastError(error);
    } finally {
      setPending(false);
    }
  }

  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <Tooltip content="Go to a time">
        <DialogTrigger asChild>
          <Button variant="ghost" size="icon-sm" aria-label="Go to a time">
            <CalendarClock />
          </Button>
        </DialogTrigger>
      </Tooltip>
      <DialogContent title="Go to a time" description="Shows the first line that was printed then or later.">
        <form onSubmit={submit}>
          <DialogBody>
            <Field label="Time" hint={`In your own time zone, ${zone()}.`}>
              {(control) => (
                <Input
                  type="datetime-local"
                  name="at"
                  step={1}
                  required
                  defaultValue={near === null ? "" : toLocal(near)}
                  {...control}
                />
              )}
            </Field>
          </DialogBody>
          <DialogFooter>
            <Button type="submit" variant="primary" pending={pending}>
              Go there
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}

function zone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** As the field wants it: local time, without a zone. */
function toLocal(at: number): string {
  const offsetMs = new Date(at).getTimezoneOffset() * 60_000;
  return new Date(at - offsetMs).toISOString().slice(0, 19);
}
