/**
 * The texts by which a secret may show up in a log: itself, each line of it where it has several (a key in PEM), and
 * encoded as programs do it when they print a request, a header or their configuration.
 */

/** Shorter values would redact half of a log, and are no secrets. */
const shortestSecret = 4;
/** A fragment of a few encoded characters stands in other texts too. */
const shortestFragment = 6;
/** Where tools break base64 into lines: coreutils and MIME, PEM. */
const base64Widths = [76, 64];
const shortestBase64Line = 16;

/** Longest first, so that of two at the same place the longer one is found. */
export function secretForms(values: string[]): string[] {
  const forms = new Set<string>();
  for (const value of values) {
    for (const whole of new Set([value, value.trim()])) {
      if (whole.length < shortestSecret) continue;
      forms.add(whole);
      for (const form of encodings(whole)) forms.add(form);
    }
    for (const line of value.split(/\r?\n/)) if (line.trim().length >= shortestSecret) forms.add(line.trim());
  }
  return [...forms].sort((a, b) => b.length - a.length);
}

function encodings(text: string): string[] {
  const bytes = new TextEncoder().encode(text);
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  const forms = [...urlForms(text), ...jsonForms(text), htmlForm(text), hex, hex.toUpperCase(), ...base64Forms(bytes)];
  return forms.filter((form) => form.length >= shortestSecret);
}

/** Encoders differ in what they leave as it is, in the case of their digits and in what they make of a space. */
function urlForms(text: string): string[] {
  const component = encodeURIComponent(text.toWellFormed());
  const strict = component.replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);
  const query = new URLSearchParams([["", text]]).toString().slice("=".length);
  const forms = [component, strict, strict.replaceAll("%2F", "/"), encodeURI(text.toWellFormed())];
  const all = [...forms, ...forms.map((form) => form.replaceAll("%20", "+")), query];
  return [...all, ...all.map((form) => form.replace(/%[0-9A-F]{2}/g, (digits) => digits.toLowerCase()))];
}

/** JavaScript's way, with slashes escaped (PHP), in ASCII alone (Python), safe within HTML (Go); JSON within JSON. */
function jsonForms(text: string): string[] {
  const plain = JSON.stringify(text).slice(1, -1);
  const escaped = (one: string) => `\\u${one.charCodeAt(0).toString(16).padStart(4, "0")}`;
  const ascii = plain.replace(/[\u007f-\uffff]/g, escaped);
  return [
    plain,
    ascii,
    plain.replaceAll("/", "\\/"),
    ascii.replaceAll("/", "\\/"),
    plain.replace(/[<>&\u2028\u2029]/g, escaped),
    JSON.stringify(plain).slice(1, -1),
  ];
}

function htmlForm(text: string): string {
  const named: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
  return text.replace(/[&<>"']/g, (one) => named[one] ?? one);
}

/** What of the base64 depends on the secret alone, wherever in three bytes it begins: "user:secret" shifts it. */
function base64Forms(bytes: Uint8Array): string[] {
  const forms: string[] = [];
  for (const shift of [0, 1, 2]) {
    const padded = new Uint8Array(shift + bytes.length);
    padded.set(bytes, shift);
    const encoded = encodeBase64(padded);
    forms.push(encoded.slice(Math.ceil((shift * 8) / 6), Math.floor((padded.length * 8) / 6)));
    // Alone, its last character is known too.
    if (shift === 0) forms.push(encoded, ...base64Widths.flatMap((width) => linesOf(encoded, width)));
  }
  return [...forms, ...forms.map(toUrlAlphabet)].filter((form) => form.length >= shortestFragment);
}

function encodeBase64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join("")).replace(/=+$/, "");
}

function linesOf(encoded: string, width: number): string[] {
  if (encoded.length <= width) return [];
  const lines = encoded.match(new RegExp(`.{1,${width}}`, "g")) ?? [];
  return lines.filter((line) => line.length >= shortestBase64Line);
}

function toUrlAlphabet(base64: string): string {
  return base64.replaceAll("+", "-").replaceAll("/", "_");
}
