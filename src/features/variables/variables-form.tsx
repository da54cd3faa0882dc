"use client";

import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useEffect } from "react";
import { ErrorNotice } from "@/features/api/error-notice";
import type { Variable } from "@/features/api/outputs";
import { useTRPC } from "@/features/api/trpc";
import { useSingleMutation } from "@/features/api/use-single-mutation";
import { Button } from "@/ui/button";
import { Card, CardBody, CardFooter, CardHeader } from "@/ui/card";
import { toast } from "@/ui/toast";
import { useVariableRows } from "./use-variable-rows";
import { VariableEditor } from "./variable-editor";
import { changesAgainst, rowsOf } from "./variable-rows";

export function VariablesForm({ serviceId, stored }: { serviceId: string; stored: readonly Variable[] }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const variables = useVariableRows(rowsOf(stored));
  const { reset } = variables;
  const changes = changesAgainst(stored, variables.rows);
  const changed = changes.variables.length + changes.remove.length;
  const isClean = changed === 0;

  // What somebody else saved shows here, unless there is something typed to lose.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only new data is a reason
  useEffect(() => {
    if (isClean) reset(rowsOf(stored));
  }, [stored]);

  const save = useSingleMutation(
    trpc.variable.set.mutationOptions({
      onSuccess: async () => {
        toast.success("Variables saved", { description: "They apply with the next deployment." });
        const key = trpc.variable.list.queryKey({ serviceId });
        await queryClient.invalidateQueries({ queryKey: key });
        reset(rowsOf(queryClient.getQueryData(key) ?? []));
        await queryClient.invalidateQueries(trpc.service.get.queryFilter({ serviceId }));
      },
    }),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (variables.validate() && !isClean) save.mutate({ serviceId, ...changes });
  };

  return (
    <Card aria-labelledby="variables">
      <form onSubmit={submit} noValidate>
        <CardHeader
          id="variables"
          title="Environment variables"
          description="Given to the application when it starts. Secrets are kept encrypted, are not given to builds and are never shown again."
        />
        <CardBody className="flex flex-col gap-4">
          {stored.length === 0 && variables.rows.length === 0 && (
            <p className="text-muted">No variables yet. Add one, or paste a .env file.</p>
          )}
          <VariableEditor variables={variables} />
          {save.error && <ErrorNotice error={save.error} />}
        </CardBody>
        <CardFooter>
          {!isClean && (
            <span role="status" className="mr-auto text-muted">
              {changed === 1 ? "1 change, not saved" : `${changed} changes, not saved`}
            </span>
          )}
          <Button disabled={isClean || save.isPending} onClick={() => reset(rowsOf(stored))}>
            Discard
          </Button>
          <Button type="submit" variant="primary" disabled={isClean} pending={save.isPending}>
            Save
          </Button>
        </CardFooter>
      </form>
    </Card>
  );
}
