"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useQueryClient } from "@tanstack/react-query";
import { renameOrganizationInput } from "@/contracts/organization";
import { ErrorNotice } from "@/features/api/error-notice";
import type { Organization } from "@/features/api/outputs";
import { useTRPC } from "@/features/api/trpc";
import { useServerErrors } from "@/features/api/use-server-errors";
import { useSingleMutation } from "@/features/api/use-single-mutation";
import { Button } from "@/ui/button";
import { Card, CardBody, CardFooter, CardHeader } from "@/ui/card";
import { Field } from "@/ui/field";
import { Input } from "@/ui/input";
import { toast } from "@/ui/toast";
import { useTextForm } from "@/ui/use-text-form";

const schema = renameOrganizationInput.pick({ name: true });
const toField = (path: string) => (path === "name" ? "name" : null);

export function RenameOrganizationForm({ organization }: { organization: Organization }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { register, handleSubmit, setError, reset, formState } = useTextForm({
    resolver: zodResolver(schema),
    values: { name: organization.name },
    resetOptions: { keepDirtyValues: true },
  });
  const errors = useServerErrors(setError, toField);
  const rename = useSingleMutation(
    trpc.organization.rename.mutationOptions({
      onError: errors.report,
      onSuccess: async (_, { name }) => {
        reset({ name }, { keepDirtyValues: false });
        toast.success("Organization renamed");
        await queryClient.invalidateQueries(trpc.viewer.get.queryFilter());
      },
    }),
  );
  const submit = handleSubmit(({ name }) => {
    errors.clear();
    rename.mutate({ organizationId: organization.id, name });
  });

  return (
    <Card aria-labelledby="organization-name">
      <form onSubmit={submit} noValidate>
        <CardHeader id="organization-name" title="Name" description="Its address in the browser stays as it is." />
        <CardBody className="flex flex-col gap-4">
          {errors.rest !== null && <ErrorNotice error={errors.rest} />}
          <Field label="Organization name" required error={formState.errors.name?.message} className="max-w-md">
            {(control) => <Input {...control} {...register("name")} autoComplete="off" maxLength={60} />}
          </Field>
        </CardBody>
        <CardFooter>
          <Button type="submit" variant="primary" disabled={!formState.isDirty} pending={rename.isPending}>
            Save
          </Button>
        </CardFooter>
      </form>
    </Card>
  );
}
