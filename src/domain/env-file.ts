/**
 * Reads a .env file as people paste it: the rules of dotenv and of shells, where they agree. Nothing is expanded:
 * `$HOME` stays as it stands, because the machine that would expand it is not the one the file was written for.
 */

export type EnvEntry = { key: string; value: string; line: number };
export type EnvProblem = { line: number; message: string };
export type EnvFile = { entries: EnvEntry[]; problems: EnvProblem[]; duplicates: string[] };

const keyPattern = /^[A-Za-z_][A-Za-z0-9_]{0,254}$/;

/** Never throws: what cannot be read is listed with its line, counted from 1. Of two equal names the last one wins. */
export function parseEnvFile(text: string): EnvFile {
  const lines = text.replace(/^\uFEFF/, "").split(/\r\n|\n|\r/);
  const entries = new Map<string, EnvEntry>();
  const problems: EnvProblem[] = [];
  const duplicates = new Set<string>();

  for (let index = 0; index < lines.length; index++) {
    const line = index + 1;
    const content = (lines[index] ?? "").trim();
    if (content === "" || content.startsWith("#")) continue;
    const assignment = splitAssignment(content);
    if (!assignment) {
      problems.push({ line, message: "There is no = in this line." });
      continue;
    }
    const { key, rest } = assignment;
    if (!keyPattern.test(key)) {
      problems.push({ line, message: `"${key.slice(0, 60)}" is not a valid name.` });
      continue;
    }
    const read = readValue(rest, lines, index);
    if ("problem" in read) {
      problems.push({ line, message: read.problem });
      continue;
    }
    if (entries.has(key)) duplicates.add(key);
    entries.set(key, { key, value: read.value, line });
    index = read.lastIndex;
  }
  return { entries: [...entries.values()], problems, duplicates: [...duplicates] };
}

/** `export A = b` -> A and b. A colon stands for = where no = comes before it, as dotenv has it. */
function splitAssignment(content: string): { key: string; rest: string } | null {
  const bare = content.replace(/^export\s+/, "");
  const at = bare.search(/=|:\s/);
  if (at === -1) return null;
  return { key: bare.slice(0, at).trim(), rest: bare.slice(at + 1).trim() };
}

type Read = { value: string; lastIndex: number } | { problem: string };

function readValue(rest: string, lines: string[], index: number): Read {
  const quote = rest[0];
  if (quote === '"' || quote === "'" || quote === "`") return readQuoted(quote, rest.slice(1), lines, index);
  return { value: rest.replace(/\s#.*$/, "").trim(), lastIndex: index };
}

/** A private key has some 50 lines; a quote that is open for longer was never closed. */
const mostLines = 500;

function readQuoted(quote: string, first: string, lines: string[], index: number): Read {
  const parts: string[] = [];
  for (let at = index; at < Math.min(lines.length, index + mostLines); at++) {
    const piece = at === index ? first : (lines[at] ?? "");
    const end = closingQuote(quote, piece);
    if (end === -1) {
      parts.push(piece);
      continue;
    }
    const behind = piece.slice(end + 1).trim();
    if (behind !== "" && !behind.startsWith("#")) return { problem: "There is text after the closing quote." };
    parts.push(piece.slice(0, end));
    const value = parts.join("\n");
    return { value: quote === '"' ? resolveEscapes(value) : value, lastIndex: at };
  }
  return { problem: `The quote ${quote} is not closed.` };
}

function closingQuote(quote: string, text: string): number {
  for (let at = 0; at < text.length; at++) {
    if (quote === '"' && text[at] === "\\") at++;
    else if (text[at] === quote) return at;
  }
  return -1;
}

const escapes: Record<string, string> = { n: "\n", r: "\r", t: "\t", '"': '"', "\\": "\\", $: "$" };

function resolveEscapes(value: string): string {
  return value.replace(/\\([\s\S])/g, (whole, letter: string) => escapes[letter] ?? whole);
}

const publicName = /^(NEXT_PUBLIC|NUXT_PUBLIC|PUBLIC|VITE|REACT_APP|EXPO_PUBLIC|GATSBY)_/i;
const secretName =
  /(^|_)(SECRETS?|TOKENS?|PASS(WORD|WD|PHRASE)?|PWD|PRIVATE|CREDENTIALS?|DSN|APIKEY|KEY|SALT|DATABASE_URL|(REDIS|MONGO(DB)?|POSTGRES(QL)?|MYSQL|AMQP)_UR[IL])($|_)/i;

/** A guess, to start from: names that usually hold a secret. What a bundler puts into a page is never one. */
export function looksSecret(key: string): boolean {
  return !publicName.test(key) && secretName.test(key);
}
