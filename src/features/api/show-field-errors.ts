import type { FieldPath, FieldValues, UseFormSetError } from "react-hook-form";
import { readError } from "./read-error";

/**
 * Puts the server's messages on the fields they are about. True when every message found its field, so that nothing
 * is left to say above the form. `toField` renames a path of the input where the form calls it otherwise.
 */
export function showFieldErrors<Values extends FieldValues>(
  error: unknown,
  setError: UseFormSetError<Values>,
  toField: (path: string) => FieldPath<Values> | null,
): boolean {
  const { fields } = readError(error);
  const paths = Object.keys(fields);
  let placed = 0;
  for (const path of paths) {
    const field = toField(path);
    if (field === null) continue;
    setError(field, { type: "server", message: fields[path] }, { shouldFocus: placed === 0 });
    placed++;
  }
  return paths.length > 0 && placed === paths.length;
}
