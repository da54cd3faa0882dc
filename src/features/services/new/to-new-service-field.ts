import type { FieldPath } from "react-hook-form";
import { type NewServiceForm, newServiceFormDefaults } from "@/features/services/service-form-schema";

const fields = new Set<string>(
  Object.entries(newServiceFormDefaults).flatMap(([name, value]) =>
    typeof value === "string" ? [name] : Object.keys(value).map((inner) => `${name}.${inner}`),
  ),
);

/** The form's field for a path of the procedure's input; null where the form has none. */
export function toNewServiceField(path: string): FieldPath<NewServiceForm> | null {
  return fields.has(path) ? (path as FieldPath<NewServiceForm>) : null; // safe because the names are the defaults' own
}
