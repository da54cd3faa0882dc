/** For ILIKE: what contains the text, which is text alone; everything where there is none. */
export function searchPattern(text: string | undefined): string {
  return `%${(text ?? "").replace(/[\\%_]/g, "\\$&")}%`;
}
