"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import type { FieldPath, FieldValues } from "react-hook-form";
import type { z } from "zod";
import type { UpdateServiceInput } from "@/contracts/service";
import type { Service } from "@/features/api/outputs";
import { useServerErrors } from "@/features/api/use-server-errors";
import { useTextForm } from "@/ui/use-text-form";
import { useUpdateService } from "./use-update-service";

/** A part of a service's settings, as a form. Made outside of components, so that it is stable. */
export type SettingsForm<Values extends FieldValues, Output extends Omit<UpdateServiceInput, "serviceId">> = {
  schema: z.ZodType<Output, Values>;
  /** The form's field for a path that the server names; null: none. */
  toField: (path: string) => FieldPath<Values> | null;
  toValues: (service: Service) => Values;
  /** What is saved reaches the application with its next deployment. */
  appliesLater: boolean;
};

/** Against the form's own option, which spares what is being typed when values come in from outside. */
const all = { keepDirtyValues: false };

/**
 * The form's fields, and `card` for the SettingsCard around them. What somebody else saves meanwhile comes in, except
 * where this person has typed.
 */
export function useSettingsForm<Values extends FieldValues, Output extends Omit<UpdateServiceInput, "serviceId">>(
  service: Service,
  { schema, toField, toValues, appliesLater }: SettingsForm<Values, Output>,
) {
  const { register, handleSubmit, setError, reset, getValues, watch, formState } = useTextForm({
    resolver: zodResolver(schema),
    values: toValues(service),
    resetOptions: { keepDirtyValues: true },
  });
  const serverErrors = useServerErrors(setError, toField);
  const update = useUpdateService(service.id, {
    onError: serverErrors.report,
    onSaved: () => reset(getValues(), all),
    appliesLater,
  });
  const card = {
    onSubmit: handleSubmit((values) => {
      serverErrors.clear();
      update.mutate({ ...values, serviceId: service.id });
    }),
    isDirty: formState.isDirty,
    pending: update.isPending,
    onDiscard: () => reset(toValues(service), all),
    error: serverErrors.rest,
  };
  return { register, watch, errors: formState.errors, card };
}

/** For forms whose fields have the names that the server uses. */
export function fieldOf<Field extends string>(fields: readonly Field[]): (path: string) => Field | null {
  return (path) => fields.find((field) => field === path) ?? null;
}
