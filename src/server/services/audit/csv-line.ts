/**
 * A line of CSV as RFC 4180 has it. A cell that a spreadsheet would take for a formula gets an apostrophe before it
 * (OWASP, CSV Injection): names are what anybody typed.
 */
export function toCsvLine(cells: string[]): string {
  return `${cells.map(toCell).join(",")}\r\n`;
}

function toCell(text: string): string {
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
