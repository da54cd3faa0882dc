import { KeyRound } from "lucide-react";
import type { Variable } from "@/features/api/outputs";
import { Card } from "@/ui/card";
import { EmptyState } from "@/ui/empty-state";
import { Table, TableCell, TableHead, TableRow } from "@/ui/table";

/** For those who may look and not change. */
export function VariablesTable({ variables }: { variables: readonly Variable[] }) {
  if (variables.length === 0) {
    return (
      <EmptyState icon={KeyRound} title="No variables">
        A developer of the organization can add some.
      </EmptyState>
    );
  }
  return (
    <Card aria-label="Variables">
      <Table label="Variables">
        <thead>
          <tr>
            <TableHead>Name</TableHead>
            <TableHead>Value</TableHead>
          </tr>
        </thead>
        <tbody>
          {variables.map((variable) => (
            <TableRow key={variable.key}>
              <TableCell className="font-mono text-xs">{variable.key}</TableCell>
              <TableCell className="whitespace-pre-wrap break-all font-mono text-xs">
                {variable.secret ? <span className="font-sans text-subtle">Secret</span> : variable.value}
              </TableCell>
            </TableRow>
          ))}
        </tbody>
      </Table>
    </Card>
  );
}
