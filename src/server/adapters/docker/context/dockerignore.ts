import DockerIgnore from "@balena/dockerignore";

export type IgnoreRules = {
  /** Whether a file of this path (relative, with "/") stays out of the build context. */
  ignores(path: string): boolean;
  /** Whether nothing below this directory can be in the context, so that it need not be read. */
  prunes(directory: string): boolean;
};

/** `text` is the ignore file's; null: nothing is ignored. The Dockerfile and the ignore file itself never are, as with `docker build`. */
export function readIgnoreRules(text: string | null, always: string[]): IgnoreRules {
  if (text === null) return { ignores: () => false, prunes: () => false };
  const matcher = DockerIgnore({ ignorecase: false }).add(text);
  const hasExceptions = text.split("\n").some((line) => line.trimStart().startsWith("!"));
  const kept = new Set(always);
  return {
    ignores: (path) => !kept.has(path) && matcher.ignores(path),
    prunes: (directory) =>
      !hasExceptions && matcher.ignores(directory) && !always.some((path) => path.startsWith(`${directory}/`)),
  };
}
