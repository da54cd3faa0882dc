"use client";

import { AlertDialog as Primitive } from "radix-ui";
import { type FormEvent, type ReactNode, useState } from "react";
import { Button } from "./button";
import { DialogBody, DialogFooter, overlayClasses, panelClasses } from "./dialog";
import { Field } from "./field";
import { Input } from "./input";

type ConfirmDialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  description: ReactNode;
  /** What a person must type before the button works; for what cannot be undone. */
  typedConfirmation?: string;
  confirmLabel: string;
  cancelLabel?: string;
  tone?: "danger" | "primary";
  pending?: boolean;
  error?: ReactNode;
  onConfirm: (typed: string) => void;
};

/** Asks before something that others feel. Escape and Cancel leave everything as it is. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  return (
    <Primitive.Root open={props.open} onOpenChange={props.onOpenChange}>
      <Primitive.Portal>
        <Primitive.Overlay className={overlayClasses} />
        <Primitive.Content className={panelClasses}>
          <ConfirmForm {...props} />
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

function ConfirmForm(props: ConfirmDialogProps) {
  const [typed, setTyped] = useState("");
  const matches = props.typedConfirmation === undefined || typed === props.typedConfirmation;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (matches && !props.pending) props.onConfirm(typed);
  };
  return (
    <form onSubmit={submit} className="flex min-h-0 flex-col">
      <DialogBody className="gap-3">
        <Primitive.Title className="font-semibold text-lg">{props.title}</Primitive.Title>
        <Primitive.Description asChild>
          <div className="flex flex-col gap-2 text-muted text-sm">{props.description}</div>
        </Primitive.Description>
        {props.typedConfirmation !== undefined && (
          <Field label={`Type ${props.typedConfirmation} to confirm`} required>
            {(control) => (
              <Input
                {...control}
                value={typed}
                autoComplete="off"
                autoCapitalize="off"
                spellCheck={false}
                onChange={(event) => setTyped(event.target.value)}
              />
            )}
          </Field>
        )}
        {props.error}
      </DialogBody>
      <DialogFooter>
        <Primitive.Cancel asChild>
          <Button>{props.cancelLabel ?? "Cancel"}</Button>
        </Primitive.Cancel>
        <Button type="submit" variant={props.tone ?? "danger"} disabled={!matches} pending={props.pending ?? false}>
          {props.confirmLabel}
        </Button>
      </DialogFooter>
    </form>
  );
}
