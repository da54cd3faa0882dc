import type { ErrorRecord } from "./errors";
import { scrubberOf } from "./log-scrubber";
import { secretForms } from "./secret-forms";

/** An error may quote a command, a path or what a server answered: the same error without the secrets. */
export function scrubError(error: ErrorRecord, secrets: string[]): ErrorRecord {
  const forms = secretForms(secrets);
  if (forms.length === 0) return error;
  return scrubAll(error, forms) as ErrorRecord; // safe because only the content of texts changes; codes hold no secret
}

function scrubAll(value: unknown, forms: string[]): unknown {
  if (typeof value === "string") return scrubText(value, forms);
  if (Array.isArray(value)) return value.map((one) => scrubAll(one, forms));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, key === "code" ? one : scrubAll(one, forms)]),
  );
}

function scrubText(text: string, forms: string[]): string {
  const scrubber = scrubberOf(forms);
  return scrubber.push(text) + scrubber.end();
}
