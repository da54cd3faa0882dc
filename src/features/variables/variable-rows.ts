import { variableKeySchema } from "@/contracts/service";
import { type EnvFile, looksSecret, parseEnvFile } from "@/domain/env-file";

/**
 * A row of the editor. `value` null: the stored value of a secret stays; it is never shown. `storedSecret`: there is
 * such a value to go back to.
 */
export type VariableRow = { id: string; key: string; value: string | null; secret: boolean; storedSecret?: boolean };

type Stored = { key: string; secret: boolean; value: string | null };

/** Rows of what is stored; the name is a good id, for no two are equal. */
export function rowsOf(stored: readonly Stored[]): VariableRow[] {
  return stored.map(({ key, secret, value }) => ({
    id: `stored:${key}`,
    key,
    secret,
    value: secret ? null : value,
    storedSecret: secret,
  }));
}

export function isBlank(row: VariableRow): boolean {
  return row.key === "" && row.value === "";
}

/** Rows after a paste: names that are there get the new value, others are added; blank rows go. */
export function mergeEnvFile(
  rows: readonly VariableRow[],
  text: string,
  newId: () => string,
): { rows: VariableRow[]; file: EnvFile } {
  const file = parseEnvFile(text);
  const pasted = new Map(file.entries.map((entry) => [entry.key, entry.value]));
  const updated = rows
    .filter((row) => !isBlank(row))
    .map((row) => {
      const value = pasted.get(row.key);
      if (value === undefined) return row;
      pasted.delete(row.key);
      return { ...row, value };
    });
  const added = [...pasted].map(([key, value]) => ({ id: newId(), key, value, secret: looksSecret(key) }));
  return { rows: [...updated, ...added], file };
}

/** What is wrong with the names, by row. Blank rows are left out when saving, so nothing is wrong with them. */
export function findProblems(rows: readonly VariableRow[]): Map<string, string> {
  const problems = new Map<string, string>();
  const seen = new Set<string>();
  for (const row of rows) {
    if (isBlank(row)) continue;
    const checked = variableKeySchema.safeParse(row.key);
    if (row.key === "") problems.set(row.id, "Enter a name.");
    else if (!checked.success) problems.set(row.id, checked.error.issues[0]?.message ?? "This is not a valid name.");
    else if (seen.has(row.key)) problems.set(row.id, "This name stands here twice.");
    seen.add(row.key);
  }
  return problems;
}

type Change = { key: string; value: string | null; secret: boolean };

/** What variable.set takes: only what changed against what is stored, and the names that are gone. */
export function changesAgainst(
  stored: readonly Stored[],
  rows: readonly VariableRow[],
): { variables: Change[]; remove: string[] } {
  const before = new Map(stored.map((variable) => [variable.key, variable]));
  const wanted = rows.filter((row) => !isBlank(row));
  const variables = wanted
    .filter((row) => {
      const old = before.get(row.key);
      // A stored secret has no value here; null says that it stays.
      return !old || old.secret !== row.secret || (row.value !== null && row.value !== old.value);
    })
    .map(({ key, value, secret }) => ({ key, value, secret }));
  const names = new Set(wanted.map((row) => row.key));
  return { variables, remove: stored.map((variable) => variable.key).filter((key) => !names.has(key)) };
}
