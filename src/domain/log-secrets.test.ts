/**
 * Whatever a secret looks like, however a program encodes it, and wherever its output is cut: nothing of it is left.
 * What is looked for is made by Node.js's own encoders, not by the code under test.
 */
import { expect, it } from "vitest";
import { createRandom, type Random } from "@/testing/random";
import { createScrubber } from "./log-scrubber";
import { createLineCleaner } from "./log-text";

const runs = 400;
const base = 20_261_123;

const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
const alphabets = [letters, `${letters}+/=_-`, `${letters} !"#$%&'()*,.:;<>?@[\\]^\`{|}~/`, "äöü€ßñ語😀abc123"];
/** Shares no letter with what encodings are made of, so that what is left of a secret cannot come from here. */
const noise = "·¦§¬¤ ";

function secretOf(random: Random): string {
  const length = 6 + random.below(40);
  const alphabet = random.pick(alphabets);
  if (random.below(8) > 0) return random.text(length, alphabet).trim().padEnd(6, "x");
  return Array.from({ length: 2 + random.below(4) }, () => random.text(12 + random.below(60), letters)).join("\n");
}

type Shown = { text: string; mustVanish: string[] };
type Encoder = (secret: string, random: Random) => Shown;

const whole = (text: string): Shown => ({ text, mustVanish: [text] });

const encoders: Record<string, Encoder> = {
  "as it is": whole,
  "a line of it": (secret, random) => whole(random.pick(secret.split("\n"))),
  base64: (secret) => base64(secret, 0, 0, "base64"),
  "base64 within something": (secret, random) => base64(secret, random.below(7), random.below(4), "base64"),
  base64url: (secret, random) => base64(secret, random.below(7), random.below(4), "base64url"),
  hex: (secret) => whole(Buffer.from(secret).toString("hex")),
  HEX: (secret) => whole(Buffer.from(secret).toString("hex").toUpperCase()),
  "URL component": (secret) => whole(encodeURIComponent(secret)),
  "URL component, lower case": (secret) =>
    whole(encodeURIComponent(secret).replace(/%../g, (digits) => digits.toLowerCase())),
  "URL query": (secret) => whole(new URLSearchParams({ s: secret }).toString().slice(2)),
  URL: (secret) => whole(encodeURI(secret)),
  JSON: (secret) => whole(JSON.stringify(secret).slice(1, -1)),
  "JSON in JSON": (secret) => whole(JSON.stringify(JSON.stringify(secret)).slice(3, -3)),
  "JSON in ASCII": (secret) =>
    whole(
      JSON.stringify(secret)
        .slice(1, -1)
        .replace(/[\u007f-\uffff]/g, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, "0")}`),
    ),
};

/** Encoded between other bytes: the characters that hold bits of the secret alone must go. */
function base64(secret: string, before: number, after: number, encoding: "base64" | "base64url"): Shown {
  const bytes = Buffer.from(secret);
  const all = Buffer.concat([Buffer.alloc(before, 7), bytes, Buffer.alloc(after, 7)]);
  const text = all.toString(encoding);
  const own = text.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6));
  return { text, mustVanish: [own] };
}

function cut(text: string, random: Random): string[] {
  const pieces: string[] = [];
  for (let at = 0; at < text.length; ) {
    const length = 1 + random.below(random.pick([2, 10, 80]));
    pieces.push(text.slice(at, at + length));
    at += length;
  }
  return pieces;
}

for (const [name, encode] of Object.entries(encoders)) {
  it(`${name}: nothing is left, wherever the text is cut, and nothing else is touched`, () => {
    for (let run = 0; run < runs; run += 1) {
      const seed = base + run;
      const random = createRandom(seed);
      const secrets = Array.from({ length: 1 + random.below(4) }, () => secretOf(random));
      const shown = encode(random.pick(secrets), random);
      const [before, after] = [random.text(random.below(30), noise), random.text(random.below(30), noise)];
      const text = `${before}${shown.text}${after}`;
      const scrubber = createScrubber(secrets);
      const result =
        cut(text, random)
          .map((piece) => scrubber.push(piece))
          .join("") + scrubber.end();
      const where = `seed ${seed}: ${JSON.stringify({ secrets, text, result })}`;
      for (const form of shown.mustVanish) expect(result.includes(form), where).toBe(false);
      expect(result.startsWith(before) && result.endsWith(after), where).toBe(true);
      const atOnce = createScrubber(secrets);
      expect(atOnce.push(text) + atOnce.end(), where).toBe(result);
    }
  });
}

it("lines of two streams and two sources, in pieces, side by side: none holds a secret, and all else is there", () => {
  for (let run = 0; run < runs; run += 1) {
    const seed = base + run;
    const random = createRandom(seed);
    const secrets = Array.from({ length: 3 }, () => secretOf(random));
    const cleaner = createLineCleaner(secrets);
    const texts = ["stdout a", "stdout b", "stderr a"].map((of) => {
      const [stream = "", source = ""] = of.split(" ");
      const lines = Array.from({ length: 8 }, (_, n) => `${of} ${n} ${noise}${random.pick(secrets)}${noise}`);
      const pieces = lines
        .join("\n")
        .split("\n")
        .flatMap((line) => {
          const parts = cut(line, random);
          return parts.map((text, index) => ({ text, partial: index < parts.length - 1 }));
        });
      return { stream: stream as "stdout" | "stderr", source, pieces }; // safe because of the list above
    });
    const stored: string[] = [];
    while (texts.some(({ pieces }) => pieces.length > 0)) {
      const { stream, source, pieces } = random.pick(texts);
      const piece = pieces.shift();
      if (piece) stored.push(...cleaner.take({ at: new Date(0), stream, source, ...piece }).map((line) => line.x));
    }
    stored.push(...cleaner.end(new Date(0)).map((line) => line.x));
    const where = `seed ${seed}: ${JSON.stringify({ secrets, stored })}`;
    for (const part of secrets.flatMap((secret) => secret.split("\n"))) {
      expect(
        stored.some((line) => line.includes(part)),
        where,
      ).toBe(false);
    }
    expect(stored.filter((line) => line.includes("[redacted]")).length, where).toBeGreaterThanOrEqual(24);
  }
});
