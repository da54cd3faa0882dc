/** Shorter values would redact half of a log, and are no secrets. */
const shortestSecret = 4;

/**
 * The texts by which a secret may show up in a log: itself, each line of it where it has several (a key in PEM), and
 * encoded: base64 in each of the three alignments it can have inside a longer text, base64url, URL-encoded, JSON.
 */
export function secretForms(values: string[]): string[] {
  const forms = new Set<string>();
  for (const value of values) {
    const pieces = [value, value.trim(), ...value.split(/\r?\n/).map((line) => line.trim())];
    for (const piece of new Set(pieces)) {
      if (piece.length < shortestSecret) continue;
      for (const form of [piece, ...encodings(piece)]) if (form.length >= shortestSecret) forms.add(form);
    }
  }
  return [...forms].sort((a, b) => b.length - a.length);
}

function encodings(text: string): string[] {
  const url = encodeURIComponent(text.toWellFormed());
  const json = JSON.stringify(text).slice(1, -1);
  const base64 = base64Alignments(new TextEncoder().encode(text));
  return [url, url.replaceAll("%20", "+"), json, ...base64, ...base64.map(toUrlAlphabet)];
}

/** What of the base64 depends on the secret alone, wherever in three bytes it begins: "user:secret" shifts it. */
function base64Alignments(bytes: Uint8Array): string[] {
  const alignments: string[] = [];
  for (const shift of [0, 1, 2]) {
    const padded = new Uint8Array(shift + bytes.length);
    padded.set(bytes, shift);
    const encoded = btoa(String.fromCharCode(...padded)).replace(/=+$/, "");
    const first = Math.ceil((shift * 8) / 6);
    const last = Math.floor((padded.length * 8) / 6);
    // A fragment of a few characters stands in other texts too.
    if (last - first >= 6) alignments.push(encoded.slice(first, last));
  }
  return alignments;
}

function toUrlAlphabet(base64: string): string {
  return base64.replaceAll("+", "-").replaceAll("/", "_");
}
