"use client";

import { useCallback, useMemo, useState } from "react";
import { findProblems, isBlank, mergeEnvFile, type VariableRow } from "./variable-rows";

let made = 0;
const newId = () => `row:${++made}`;

export type VariableRows = ReturnType<typeof useVariableRows>;

/** The rows of an editor of variables, and what can be done with them. */
export function useVariableRows(initial: readonly VariableRow[]) {
  const [rows, setRows] = useState(initial);
  const [checked, setChecked] = useState(false);
  const problems = useMemo(() => findProblems(rows), [rows]);

  const add = useCallback(() => setRows((all) => [...all, { id: newId(), key: "", value: "", secret: false }]), []);
  const remove = useCallback((id: string) => setRows((all) => all.filter((row) => row.id !== id)), []);
  const update = useCallback(
    (id: string, patch: Partial<VariableRow>) =>
      setRows((all) => all.map((row) => (row.id === id ? { ...row, ...patch } : row))),
    [],
  );
  const paste = useCallback((text: string) => setRows((all) => mergeEnvFile(all, text, newId).rows), []);
  const reset = useCallback((next: readonly VariableRow[]) => {
    setRows(next);
    setChecked(false);
  }, []);

  /** Rows to save, or null where a name is wrong; from then on problems are shown while typing. */
  const validate = (): VariableRow[] | null => {
    setChecked(true);
    return problems.size > 0 ? null : rows.filter((row) => !isBlank(row));
  };

  return { rows, add, remove, update, paste, reset, validate, problems: checked ? problems : none };
}

const none: ReadonlyMap<string, string> = new Map();
