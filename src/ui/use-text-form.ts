"use client";

import { useCallback } from "react";
import {
  type FieldValues,
  get,
  type UseFormProps,
  type UseFormRegister,
  type UseFormReturn,
  useForm,
} from "react-hook-form";

/**
 * react-hook-form writes values into fields once they are mounted, so a page that comes from the server would show
 * them empty at first. Here `register` hands the default along, and the server's page has it.
 */
export function useTextForm<Values extends FieldValues, Context, Output>(
  props: UseFormProps<Values, Context, Output>,
): UseFormReturn<Values, Context, Output> {
  const form = useForm<Values, Context, Output>(props);
  const { register, formState } = form;
  // Values that come from outside count as defaults from the second rendering on.
  const defaultValues = formState.defaultValues ?? props.values;
  const registerFilled: UseFormRegister<Values> = useCallback(
    (name, options) => ({ ...register(name, options), defaultValue: get(defaultValues, name) }),
    [register, defaultValues],
  );
  return { ...form, register: registerFilled };
}
