import { z } from "zod";

/**
 * Text read by `parse`, then checked by the contract's schema, whose range is told in words people can use. An empty
 * field is `empty`; without it, something must stand there.
 */
export function typed<Output, Empty = never>(
  field: { parse: (text: string) => number | null; schema: z.ZodType<Output, number>; wanted: string },
  empty?: { value: Empty },
) {
  return z.string().transform((text, context): Output | Empty => {
    if (empty && text.trim() === "") return empty.value;
    const number = field.parse(text);
    const checked = number === null ? null : field.schema.safeParse(number);
    if (checked?.success) return checked.data;
    context.issues.push({ code: "custom", message: field.wanted, input: text });
    return z.NEVER;
  });
}

export const parseWhole = (text: string) => (/^\d{1,9}$/.test(text.trim()) ? Number(text) : null);
