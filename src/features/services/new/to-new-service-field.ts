import type { FieldPath } from "react-hook-form";
import { toHealthField } from "@/features/services/health-form";
import { type NewServiceForm, newServiceFormDefaults } from "@/features/services/service-form-schema";

const fields = new Set(namesOf(newServiceFormDefaults));

/** The form's field for a path of the procedure's input; null where the form has none. */
export function toNewServiceField(path: string): FieldPath<NewServiceForm> | null {
  const name = toHealthField(path);
  return fields.has(name) ? (name as FieldPath<NewServiceForm>) : null; // safe because the names are the defaults' own
}

function namesOf(values: object): string[] {
  return Object.entries(values).flatMap(([name, value]) =>
    typeof value === "object" && value !== null ? namesOf(value).map((inner) => `${name}.${inner}`) : [name],
  );
}
