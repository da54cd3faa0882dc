import { type EnvFile, looksSecret, parseEnvFile } from "@/domain/env-file";

/** A row of the editor. `stored`: a secret that the platform keeps and never shows; its value is null until retyped. */
export type VariableRow = { key: string; value: string | null; secret: boolean };

/** Rows after a paste: names that are there get the new value, others are added; empty rows go. */
export function mergeEnvFile<Row extends VariableRow>(
  rows: readonly Row[],
  text: string,
): { rows: (Row | VariableRow)[]; file: EnvFile } {
  const file = parseEnvFile(text);
  const pasted = new Map(file.entries.map((entry) => [entry.key, entry.value]));
  const kept = rows.filter((row) => row.key !== "" || (row.value !== "" && row.value !== null));
  const updated = kept.map((row) => {
    const value = pasted.get(row.key);
    if (value === undefined) return row;
    pasted.delete(row.key);
    return { ...row, value };
  });
  const added = [...pasted].map(([key, value]) => ({ key, value, secret: looksSecret(key) }));
  return { rows: [...updated, ...added], file };
}

type Stored = { key: string; secret: boolean; value: string | null };

/** What variable.set takes: only what changed against what is stored, and the names that are gone. */
export function changesAgainst(
  stored: readonly Stored[],
  rows: readonly VariableRow[],
): { variables: VariableRow[]; remove: string[] } {
  const before = new Map(stored.map((variable) => [variable.key, variable]));
  const variables = rows.filter((row) => {
    const old = before.get(row.key);
    // A stored secret has no value here; null says that it stays.
    return !old || old.secret !== row.secret || (row.value !== null && row.value !== old.value);
  });
  const names = new Set(rows.map((row) => row.key));
  return { variables, remove: stored.map((variable) => variable.key).filter((key) => !names.has(key)) };
}
