/**
 * Just enough of the Dockerfile grammar to know its instructions: comments, the escape directive, continued lines and
 * here-documents. https://docs.docker.com/reference/dockerfile/#format
 */

export type Instruction = { keyword: string; rest: string };

export function readInstructions(dockerfile: string): Instruction[] {
  const escapeMark = readDirective(dockerfile, "escape") === "`" ? "`" : "\\";
  const instructions: Instruction[] = [];
  let logical = "";
  let endMarks: string[] = [];
  for (const line of dockerfile.split(/\r?\n/)) {
    if (endMarks.length > 0) {
      if (line.replace(/^\t+/, "") === endMarks[0]) endMarks = endMarks.slice(1);
      continue;
    }
    const text = line.trim();
    if (text === "" || text.startsWith("#")) continue;
    if (text.endsWith(escapeMark)) {
      logical += `${text.slice(0, -1)} `;
      continue;
    }
    const [, keyword = "", rest = ""] = /^(\S+)\s*(.*)$/s.exec((logical + text).trim()) ?? [];
    logical = "";
    instructions.push({ keyword: keyword.toUpperCase(), rest });
    if (/^(RUN|COPY|ADD)$/i.test(keyword) && !isJsonForm(rest))
      endMarks = [...rest.matchAll(/<<-?["']?(\w+)["']?/g)].map((mark) => mark[1] ?? "");
  }
  return instructions;
}

/** Instructions in JSON form have no here-documents, whatever stands in their strings. */
function isJsonForm(rest: string): boolean {
  try {
    return Array.isArray(JSON.parse(rest.replace(/^(--\S+\s+)*/, "")));
  } catch {
    return false;
  }
}

/** The value of a parser directive (`# syntax=...`), which counts only before everything else. */
export function readDirective(dockerfile: string, name: "syntax" | "escape"): string | null {
  for (const line of dockerfile.split(/\r?\n/)) {
    const [, found, value] = /^\s*#\s*(\w+)\s*=\s*(\S.*?)\s*$/.exec(line) ?? [];
    if (found === undefined || value === undefined) return null;
    if (found.toLowerCase() === name) return value;
  }
  return null;
}

/** The Dockerfile without its `# syntax=` line: the Engine's own reader is used instead of one from a registry. */
export function withoutSyntax(dockerfile: string): string {
  return dockerfile.replace(/^\s*#\s*syntax\s*=.*\r?\n?/im, "");
}
