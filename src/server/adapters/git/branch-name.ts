/** Git's rules for the name of a ref (git-check-ref-format), so that a name is always one branch: never a pattern, a range or an option. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: refusing them is the rule
const forbidden = /[\u0000-\u0020\u007f~^:?*[\\]|\.\.|@\{|\/\/|^[-/.]|[/.]$|\/\.|\.lock(\/|$)|^@$/;

export function isBranchName(name: string): boolean {
  return name !== "" && name.length <= 250 && !forbidden.test(name);
}

export function isCommitId(text: string): boolean {
  return /^([0-9a-f]{40}|[0-9a-f]{64})$/.test(text);
}
