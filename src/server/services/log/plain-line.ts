import { stripVTControlCharacters } from "node:util";

/** A line as a person reads it: without colours, and of one that was overwritten on the terminal its last state. */
export function plainLine(text: string): string {
  const shown = text.includes("\r") ? (text.split("\r").findLast((state) => state !== "") ?? "") : text;
  return stripVTControlCharacters(shown);
}
