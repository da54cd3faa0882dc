/**
 * What programs print is meant for a terminal. Colours are kept (SGR sequences, one at a time, as the renderer wants
 * them); cursor moves, titles and hyperlinks are dropped, and of a line that was overwritten the last state is shown.
 */

const esc = "\u001b";
const bell = "\u0007";

// CSI: ESC [ parameters final. OSC: ESC ] text, ended by BEL or ESC \. Anything else: ESC and one character.
const csi = `${esc}\\[([0-?]*)[ -/]*([@-~]?)`;
const osc = `${esc}\\][^${bell}${esc}]*(?:${bell}|${esc}\\\\)?`;
const sequence = new RegExp(`${csi}|${osc}|${esc}[^\\[\\]]?`, "g");
const colour = new RegExp(`${esc}\\[[\\d;]*m`, "g");
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the point
const control = /[\u0000-\u0008\u000a-\u001a\u001c-\u001f\u007f-\u009f]/g;

/** One line of output, reduced to text, tabs and colours. */
export function cleanTerminalText(raw: string): string {
  const shown = raw.includes("\r") ? lastState(raw) : raw;
  const colours = shown.includes(esc)
    ? shown.replace(sequence, (_, parameters: string | undefined, final: string | undefined) =>
        final === "m" ? separateColours(parameters ?? "") : "",
      )
    : shown;
  return colours.replace(control, "");
}

/** The text without its colours. */
export function plainText(cleaned: string): string {
  return cleaned.includes(esc) ? cleaned.replace(colour, "") : cleaned;
}

function lastState(raw: string): string {
  return raw.split("\r").findLast((state) => state !== "") ?? "";
}

/** "1;38;5;3" -> bold, then the colour: the renderer reads extended colours only where they stand alone. */
function separateColours(parameters: string): string {
  if (!/^[\d;]*$/.test(parameters)) return "";
  const codes = parameters.split(";").map((code) => (code === "" ? "0" : code));
  let result = "";
  for (let at = 0; at < codes.length; at++) {
    const code = codes[at] ?? "0";
    const length = isExtended(code) ? extendedLength(codes[at + 1]) : 1;
    const taken = codes.slice(at, at + length);
    if (taken.length === length && length > 0) result += `${esc}[${taken.join(";")}m`;
    at += Math.max(1, length) - 1;
  }
  return result;
}

function isExtended(code: string): boolean {
  return code === "38" || code === "48" || code === "58";
}

function extendedLength(mode: string | undefined): number {
  return mode === "5" ? 3 : mode === "2" ? 5 : 0;
}

/** `start` counts characters of the plain text. */
export type Piece = { start: number; text: string; match: boolean };

/** Cuts a cleaned line at the places where the query stands; every piece begins with the colours in force there. */
export function splitAtMatches(cleaned: string, query: string): Piece[] {
  if (query === "") return [{ start: 0, text: cleaned, match: false }];
  const plain = plainText(cleaned).toLowerCase();
  const wanted = query.toLowerCase();
  const cuts: number[] = [];
  for (let at = plain.indexOf(wanted); at !== -1; at = plain.indexOf(wanted, at + wanted.length)) {
    cuts.push(at, at + wanted.length);
  }
  if (cuts.length === 0) return [{ start: 0, text: cleaned, match: false }];
  return cutAt(cleaned, cuts);
}

/** `cuts` count characters of the plain text: begin and end of each match in turn. */
function cutAt(cleaned: string, cuts: number[]): Piece[] {
  const pieces: Piece[] = [];
  let colours = "";
  let current = "";
  let hasText = false;
  let start = 0;
  let position = 0;
  let next = 0;
  const close = () => {
    if (hasText) pieces.push({ start, text: current, match: next % 2 === 1 });
    current = hasText ? colours : current;
    hasText = false;
    start = position;
    next++;
  };
  for (let at = 0; at < cleaned.length; ) {
    colour.lastIndex = at;
    const found = cleaned[at] === esc ? colour.exec(cleaned) : null;
    if (found?.index === at) {
      colours += found[0];
      current += found[0];
      at += found[0].length;
      continue;
    }
    while (position === cuts[next]) close();
    current += cleaned[at];
    hasText = true;
    position++;
    at++;
  }
  while (position === cuts[next]) close();
  if (hasText) pieces.push({ start, text: current, match: false });
  return pieces;
}
