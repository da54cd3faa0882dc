"use client";

import { useCallback, useState } from "react";
import type { FieldPath, FieldValues, UseFormSetError } from "react-hook-form";
import { readError } from "./read-error";

type ServerErrors = {
  /** What no field stands for; shown in the form as a notice. */
  rest: unknown;
  report: (error: unknown) => void;
  clear: () => void;
};

/**
 * Puts the server's messages on the fields they are about; what has no field is left for the form to show.
 * `toField` names the form's field for a path of the input, or null; outside of components, so that it is stable.
 */
export function useServerErrors<Values extends FieldValues>(
  setError: UseFormSetError<Values>,
  toField: (path: string) => FieldPath<Values> | null,
): ServerErrors {
  const [rest, setRest] = useState<unknown>(null);
  const report = useCallback(
    (error: unknown) => {
      const fields = Object.entries(readError(error).fields);
      const placed = fields.flatMap(([path, message]) => {
        const field = toField(path);
        return field === null ? [] : [{ field, message }];
      });
      for (const [index, { field, message }] of placed.entries()) {
        setError(field, { type: "server", message }, { shouldFocus: index === 0 });
      }
      setRest(placed.length > 0 && placed.length === fields.length ? null : error);
    },
    [setError, toField],
  );
  const clear = useCallback(() => setRest(null), []);
  return { rest, report, clear };
}
