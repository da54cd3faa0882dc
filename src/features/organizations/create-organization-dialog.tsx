"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { createOrganizationInput } from "@/contracts/organization";
import { ErrorNotice } from "@/features/api/error-notice";
import { useTRPC } from "@/features/api/trpc";
import { useServerErrors } from "@/features/api/use-server-errors";
import { useSingleMutation } from "@/features/api/use-single-mutation";
import { Button } from "@/ui/button";
import { Dialog, DialogBody, DialogClose, DialogContent, DialogFooter } from "@/ui/dialog";
import { Field } from "@/ui/field";
import { Input } from "@/ui/input";
import { useTextForm } from "@/ui/use-text-form";
import { organizationPath } from "./organization-path";

const toField = (path: string) => (path === "name" ? "name" : null);

export function CreateOrganizationDialog(props: { open: boolean; onOpenChange: (open: boolean) => void }) {
  return (
    <Dialog {...props}>
      <DialogContent
        title="New organization"
        description="People and projects of their own. You own it, and decide who else belongs to it."
      >
        <CreateOrganizationForm onDone={() => props.onOpenChange(false)} />
      </DialogContent>
    </Dialog>
  );
}

function CreateOrganizationForm({ onDone }: { onDone: () => void }) {
  const trpc = useTRPC();
  const router = useRouter();
  const queryClient = useQueryClient();
  const { register, handleSubmit, setError, formState } = useTextForm({
    resolver: zodResolver(createOrganizationInput),
    defaultValues: { name: "" },
  });
  const errors = useServerErrors(setError, toField);
  const create = useSingleMutation(
    trpc.organization.create.mutationOptions({
      onError: errors.report,
      onSuccess: async ({ slug }) => {
        await queryClient.invalidateQueries(trpc.viewer.get.queryFilter());
        router.push(organizationPath(slug, "projects"));
        onDone();
      },
    }),
    { leaves: true },
  );
  const submit = handleSubmit((values) => {
    errors.clear();
    create.mutate(values);
  });
  return (
    <form onSubmit={submit} noValidate className="flex min-h-0 flex-col">
      <DialogBody>
        {errors.rest !== null && <ErrorNotice error={errors.rest} />}
        <Field label="Name" required error={formState.errors.name?.message}>
          {(control) => <Input {...control} {...register("name")} autoFocus autoComplete="off" maxLength={60} />}
        </Field>
      </DialogBody>
      <DialogFooter>
        <DialogClose asChild>
          <Button>Cancel</Button>
        </DialogClose>
        <Button type="submit" variant="primary" pending={create.isBusy}>
          Create organization
        </Button>
      </DialogFooter>
    </form>
  );
}
