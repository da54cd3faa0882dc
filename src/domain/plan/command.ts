const shellSyntax = /[$&|;<>()`*?[\]{}~#!\\\n=]/;

/**
 * The argument vector of a start command as a person typed it. Words and quotes are split here; only a line that uses
 * the shell's own syntax is handed to the image's /bin/sh, which exists in the container and never on this host.
 */
export function commandVector(line: string): string[] {
  const words = line.match(/"[^"]*"|'[^']*'|[^\s"']+/g) ?? [];
  const plain = words.join(" ") === line.trim().replace(/\s+/g, " ") && !shellSyntax.test(line);
  if (!plain) return ["/bin/sh", "-c", line];
  return words.map((word) => (/^["']/.test(word) ? word.slice(1, -1) : word));
}
