import { describe, expect, it } from "vitest";
import { looksSecret, parseEnvFile } from "./env-file";

const values = (text: string) =>
  Object.fromEntries(parseEnvFile(text).entries.map((entry) => [entry.key, entry.value]));

describe("parseEnvFile", () => {
  it("reads names and values, with or without export and spaces", () => {
    expect(values("A=1\nexport B=two words\n  C = 3  \nD=\nE: 5")).toEqual({
      A: "1",
      B: "two words",
      C: "3",
      D: "",
      E: "5",
    });
  });

  it("skips comments and blank lines, and keeps a # that belongs to a value", () => {
    expect(values("# top\n\nA=1 # why\nB=#fff\nC=a#b\nD='x # y' # z\n   # end")).toEqual({
      A: "1",
      B: "#fff",
      C: "a#b",
      D: "x # y",
    });
  });

  it("takes single quotes and backticks literally", () => {
    expect(values("A='a\\nb'\nB=`it's \"so\"`\nC='$HOME'")).toEqual({ A: "a\\nb", B: 'it\'s "so"', C: "$HOME" });
  });

  it("reads escapes in double quotes and leaves unknown ones alone", () => {
    expect(values('A="a\\nb\\tc"\nB="say \\"hi\\""\nC="back\\\\slash"\nD="\\d+"\nE="\\$HOME"')).toEqual({
      A: "a\nb\tc",
      B: 'say "hi"',
      C: "back\\slash",
      D: "\\d+",
      E: "$HOME",
    });
  });

  it("reads values over several lines, as private keys are", () => {
    const { entries, problems } = parseEnvFile('KEY="-----BEGIN-----\nabc\n-----END-----"\nNEXT=1');
    expect(entries).toEqual([
      { key: "KEY", value: "-----BEGIN-----\nabc\n-----END-----", line: 1 },
      { key: "NEXT", value: "1", line: 4 },
    ]);
    expect(problems).toEqual([]);
  });

  it("reads Windows line ends and a byte order mark", () => {
    expect(values('\uFEFFA=1\r\nB="x\r\ny"\r\n')).toEqual({ A: "1", B: "x\ny" });
  });

  it("lets the last of two win, in the place of the first, and says so", () => {
    const { entries, duplicates } = parseEnvFile("A=1\nB=2\nA=3");
    expect(entries).toEqual([
      { key: "A", value: "3", line: 3 },
      { key: "B", value: "2", line: 2 },
    ]);
    expect(duplicates).toEqual(["A"]);
  });

  it("names the line of what it cannot read and goes on", () => {
    const { entries, problems } = parseEnvFile("A=1\nno assignment\n2X=1\nB-C=1\n=x\nD=4");
    expect(entries.map((entry) => entry.key)).toEqual(["A", "D"]);
    expect(problems).toEqual([
      { line: 2, message: "There is no = in this line." },
      { line: 3, message: '"2X" is not a valid name.' },
      { line: 4, message: '"B-C" is not a valid name.' },
      { line: 5, message: '"" is not a valid name.' },
    ]);
  });

  it("does not swallow the rest of the file when a quote is left open", () => {
    const { entries, problems } = parseEnvFile('A="open\nB=2');
    expect(entries).toEqual([{ key: "B", value: "2", line: 2 }]);
    expect(problems).toEqual([{ line: 1, message: 'The quote " is not closed.' }]);
  });

  it("says what stands behind a closing quote", () => {
    const { problems } = parseEnvFile("A='x'y");
    expect(problems).toEqual([{ line: 1, message: "There is text after the closing quote." }]);
  });

  it("is not slow on long hostile input", () => {
    const started = performance.now();
    parseEnvFile(`A="${"\\".repeat(100_001)}\n`.repeat(3));
    parseEnvFile('A="\n'.repeat(20_000));
    expect(performance.now() - started).toBeLessThan(2000);
  });
});

describe("looksSecret", () => {
  it.each([
    "DATABASE_URL",
    "API_KEY",
    "stripe_secret",
    "GITHUB_TOKEN",
    "SMTP_PASSWORD",
    "SENTRY_DSN",
    "JWT_PRIVATE_KEY",
    "DB_PASS",
  ])("%s", (key) => expect(looksSecret(key)).toBe(true));
  it.each([
    "PORT",
    "NODE_ENV",
    "NEXT_PUBLIC_API_KEY",
    "VITE_TOKEN_NAME",
    "PUBLIC_KEY",
    "KEYBOARD",
    "MONKEY",
    "PUBLIC_URL",
  ])("not %s", (key) => expect(looksSecret(key)).toBe(false));
});
