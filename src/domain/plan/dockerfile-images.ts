import { type Instruction, readInstructions } from "./dockerfile-instructions";

/** Arguments that BuildKit fills in itself; a reference that needs one (FROM x:${TARGETARCH}) is left to it. */
const variable = /\$(?:\{(\w+)(?:(:?[-+])([^}]*))?\}|(\w+))/g;

/**
 * The images a Dockerfile takes from elsewhere: of FROM, COPY --from and RUN --mount from=, without stages, scratch
 * and what cannot be known before the build. `buildArgs` win over the defaults of ARG.
 */
export function imagesOfDockerfile(dockerfile: string, buildArgs: Record<string, string>): string[] {
  const values = new Map<string, string>();
  const stages = new Set<string>();
  const images = new Set<string>();
  for (const instruction of readInstructions(dockerfile)) {
    if (instruction.keyword === "ARG" && stages.size === 0) readArguments(instruction, buildArgs, values);
    const { references, stage } = referencesOf(instruction, stages.size);
    for (const written of references) {
      const reference = expand(written, values);
      if (reference && reference !== "scratch" && !stages.has(reference.toLowerCase())) images.add(reference);
    }
    if (stage !== null) stages.add(stage.toLowerCase());
  }
  return [...images];
}

function readArguments({ rest }: Instruction, buildArgs: Record<string, string>, values: Map<string, string>): void {
  for (const [, name = "", quoted] of rest.matchAll(/(\w+)(?:=("[^"]*"|'[^']*'|\S*))?/g)) {
    const fallback = quoted === undefined ? undefined : expand(quoted.replace(/^(["'])(.*)\1$/, "$2"), values);
    const value = buildArgs[name] ?? fallback;
    if (value !== undefined && value !== null) values.set(name, value);
  }
}

function referencesOf(
  { keyword, rest }: Instruction,
  stageIndex: number,
): { references: string[]; stage: string | null } {
  if (keyword === "FROM") {
    const [reference = "", as = "", name = ""] = rest.split(/\s+/).filter((word) => !word.startsWith("--"));
    return { references: [reference], stage: as.toUpperCase() === "AS" ? name : `stage ${stageIndex}` };
  }
  const flags = rest.match(/^(--\S+\s+)*/)?.[0] ?? "";
  const from = keyword === "RUN" ? /--mount=\S*?\bfrom=([^,\s]+)/g : /--from=(\S+)/g;
  const references =
    keyword === "RUN" || keyword === "COPY" ? [...flags.matchAll(from)].map((match) => match[1] ?? "") : [];
  return { references: references.filter((reference) => !/^\d+$/.test(reference)), stage: null };
}

/** Null where a variable has no value here. */
function expand(text: string, values: Map<string, string>): string | null {
  let unknown = false;
  const expanded = text.replace(variable, (_all, braced?: string, operator?: string, word = "", plain?: string) => {
    const value = values.get(braced ?? plain ?? "");
    if (operator?.endsWith("+")) return value ? word : "";
    if (value) return value;
    if (operator) return word;
    unknown = true;
    return "";
  });
  return unknown ? null : expanded;
}
