/** For ILIKE: what contains the text, which is text alone, whatever signs are in it. */
export function searchPattern(text: string): string {
  return `%${text.replace(/[\\%_]/g, "\\$&")}%`;
}
