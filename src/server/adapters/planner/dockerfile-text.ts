/**
 * Writes Dockerfile instructions. What a person typed becomes data of exactly one instruction: a text that the
 * Dockerfile's grammar could take for more (line breaks, continuations, here-documents, flags) is written as JSON.
 */
import { AppError } from "@/domain/errors";
import { commandVector } from "@/domain/plan/command";

export const port = 3000;

/** Joins stages by an empty line; lines that are null are left out. */
export function dockerfile(...stages: readonly (readonly (string | null)[])[]): string {
  return `${stages.map((lines) => lines.filter((line) => line !== null).join("\n")).join("\n\n")}\n`;
}

export function from(image: string, name?: string): string {
  return name === undefined ? `FROM ${image}` : `FROM ${image} AS ${name}`;
}

const plainCommand = /^[A-Za-z0-9_./@][\x20-\x5b\x5d-\x7e]*$/;

export function run(command: string, mounts: readonly string[] = []): string {
  const flags = mounts.map((mount) => `--mount=${mount} `).join("");
  const isPlain = plainCommand.test(command) && !command.includes("<<");
  return `RUN ${flags}${isPlain ? command : JSON.stringify(["/bin/sh", "-c", command])}`;
}

export function cacheMount(target: string): string {
  return `type=cache,target=${target}`;
}

/** Throws invalid_input for a path that a Dockerfile can take only as a pattern. */
export function copy(sources: readonly string[], target: string, flags: readonly string[] = []): string {
  const paths = [...sources, target];
  const words = ["COPY", ...flags];
  if (paths.every((path) => /^[\w./@+-]+$/.test(path))) return [...words, ...paths].join(" ");
  const strange = paths.find((path) => /[*?[\]\\$"\p{Cc}]/u.test(path));
  if (strange !== undefined) {
    throw new AppError("invalid_input", {
      message: `The path ${JSON.stringify(strange)} cannot be copied by a Dockerfile.`,
    });
  }
  return [...words, JSON.stringify(paths)].join(" ");
}

/** Values are the platform's own. */
export function env(values: Readonly<Record<string, string | number>>): string {
  return `ENV ${Object.entries(values)
    .map(([key, value]) => `${key}=${value}`)
    .join(" ")}`;
}

/** Declares build arguments; their values are seen by the commands that follow and kept in no layer. */
export function declare(keys: readonly string[]): string[] {
  return keys.filter((key) => /^[A-Za-z_]\w*$/.test(key)).map((key) => `ARG ${key}`);
}

export function cmd(vector: readonly string[]): string {
  return `CMD ${JSON.stringify(vector)}`;
}

const simpleCommand = /^[^&|;<>()`\n]+$/;
const lastOfChain = /^([^|;<>()`\n]*&&\s*)([^&|;<>()`\n=]+)$/;

/**
 * The argument vector of a command line. A shell that is needed gives its place to the program, so that the program
 * gets the signal to stop.
 */
export function execVector(line: string): string[] {
  const assigned = /^((?:\w+=[\w./:@-]*\s+)+)([^\s=].*)$/.exec(line.trim());
  if (assigned) {
    const [, assignments = "", command = ""] = assigned;
    const vector = commandVector(command);
    if (vector[0] !== "/bin/sh") return ["env", ...assignments.trim().split(/\s+/), ...vector];
  }
  const vector = commandVector(line);
  const isShell = vector[0] === "/bin/sh" && vector[1] === "-c";
  if (!isShell || /(^|&&)\s*exec\s/.test(line)) return vector;
  if (simpleCommand.test(line) && !/^\s*\w+=/.test(line)) return ["/bin/sh", "-c", `exec ${line.trim()}`];
  const chain = lastOfChain.exec(line);
  return chain ? ["/bin/sh", "-c", `${chain[1]}exec ${chain[2]}`] : vector;
}
