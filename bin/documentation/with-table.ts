/** The document with what stands between the markers of `name` replaced by the table. Throws where it has none. */
export function withTable(document: string, name: string, table: string): string {
  const begin = `<!-- ${name}:begin -->`;
  const end = `<!-- ${name}:end -->`;
  const [before, rest, ...more] = document.split(begin);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined || more.length > 0)
    throw new Error(`the markers ${begin} and ${end} are missing`);
  return `${before}${begin}\n\n${table}\n\n${end}${after}`;
}
