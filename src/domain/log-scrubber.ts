/**
 * Takes secrets out of a stream of text. The stream comes in chunks that may end anywhere, so what could be the
 * beginning of a secret is held back until the next chunk shows whether it is one.
 */
import { secretForms } from "./secret-forms";

export type Scrubber = {
  /** The part of the text up to here that holds no secret and no beginning of one. */
  push(chunk: string): string;
  /** The rest, once the stream has ended. */
  end(): string;
  /** Whether something is held back. */
  readonly holds: boolean;
};

const redacted = "[redacted]";

export function createScrubber(secrets: string[]): Scrubber {
  return scrubberOf(secretForms(secrets));
}

/** For several texts with the same secrets, whose `secretForms` need to be made only once. */
export function scrubberOf(forms: string[]): Scrubber {
  let held = "";
  return {
    push(chunk) {
      const { safe, rest } = scrub(held + chunk, forms, true);
      held = rest;
      return safe;
    },
    end() {
      const { safe } = scrub(held, forms, false);
      held = "";
      return safe;
    },
    get holds() {
      return held !== "";
    },
  };
}

/** Goes from left to right: the first secret wins, at one place the longest; `more` says whether text will follow. */
function scrub(text: string, forms: string[], more: boolean): { safe: string; rest: string } {
  const present = forms.filter((form) => text.includes(form));
  const holdAt = (from: number) => (more ? firstBeginning(text, forms, from) : text.length);
  let safe = "";
  let position = 0;
  for (;;) {
    const held = holdAt(position);
    const match = firstMatch(text, present, position);
    if (!match || held <= match.index) return { safe: safe + text.slice(position, held), rest: text.slice(held) };
    safe += text.slice(position, match.index) + redacted;
    position = match.index + match.length;
  }
}

function firstMatch(text: string, forms: string[], from: number): { index: number; length: number } | null {
  let best: { index: number; length: number } | null = null;
  for (const form of forms) {
    const index = text.indexOf(form, from);
    // Forms come longest first, so that at the same place the longer one stays.
    if (index >= 0 && (!best || index < best.index)) best = { index, length: form.length };
  }
  return best;
}

/** The first place from which the text could go on to be a secret; the text's length where there is none. */
function firstBeginning(text: string, forms: string[], from: number): number {
  let first = text.length;
  for (const form of forms) {
    const start = Math.max(from, text.length - form.length + 1);
    for (
      let at = text.indexOf(form.charAt(0), start);
      at >= 0 && at < first;
      at = text.indexOf(form.charAt(0), at + 1)
    ) {
      if (form.startsWith(text.slice(at))) first = at;
    }
  }
  return first;
}
