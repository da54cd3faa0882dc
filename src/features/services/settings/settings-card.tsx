"use client";

import { type FormEventHandler, type ReactNode, useId } from "react";
import { ErrorNotice } from "@/features/api/error-notice";
import { Button } from "@/ui/button";
import { Card, CardBody, CardFooter, CardHeader } from "@/ui/card";

type SettingsCardProps = {
  title: string;
  description?: string;
  onSubmit: FormEventHandler;
  isDirty: boolean;
  pending: boolean;
  onDiscard: () => void;
  /** What no field stands for; null where there is nothing to say. */
  error: unknown;
  children: ReactNode;
};

/** One form of the settings: saved by itself, so that a mistake in one does not hold up another. */
export function SettingsCard(props: SettingsCardProps) {
  const id = useId();
  return (
    <Card aria-labelledby={id}>
      <form onSubmit={props.onSubmit} noValidate aria-labelledby={id}>
        <CardHeader id={id} title={props.title} description={props.description} />
        <CardBody className="flex flex-col gap-4">
          {props.error !== null && <ErrorNotice error={props.error} />}
          {props.children}
        </CardBody>
        <CardFooter>
          <Button disabled={!props.isDirty || props.pending} onClick={props.onDiscard}>
            Discard
          </Button>
          <Button type="submit" variant="primary" disabled={!props.isDirty} pending={props.pending}>
            Save
          </Button>
        </CardFooter>
      </form>
    </Card>
  );
}
