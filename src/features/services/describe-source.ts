import type { ServiceSource } from "@/domain/plan/types";

/** A source in the words of a list: where it is, and which part of it. */
export function describeSource(source: ServiceSource): { label: string; detail: string | null } {
  if (source.type === "image") return { label: source.reference, detail: null };
  const detail = source.rootDirectory === "" ? source.branch : `${source.branch}, ${source.rootDirectory}`;
  return { label: shortAddress(source.url), detail };
}

function shortAddress(url: string): string {
  return url
    .replace(/^[a-z]+:\/\//i, "")
    .replace(/^[\w.-]+@/, "")
    .replace(/^([\w.-]+):(?!\d+\/)/, "$1/")
    .replace(/\/+$/, "")
    .replace(/\.git$/, "");
}

/** A name to begin with: the last part of the directory, the repository or the image. Empty where there is none. */
export function suggestName(source: ServiceSource): string {
  const path =
    source.type === "image"
      ? source.reference.replace(/@.*$/, "").replace(/:[^/]*$/, "")
      : source.rootDirectory || shortAddress(source.url);
  return path.split("/").filter(Boolean).at(-1) ?? "";
}
