"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useQueryClient } from "@tanstack/react-query";
import { UserPlus } from "lucide-react";
import { useState } from "react";
import { createInvitationInput, invitationDays } from "@/contracts/invitation";
import { outranks, roles } from "@/domain/permissions";
import { ErrorNotice } from "@/features/api/error-notice";
import type { Organization } from "@/features/api/outputs";
import { useTRPC } from "@/features/api/trpc";
import { useServerErrors } from "@/features/api/use-server-errors";
import { useSingleMutation } from "@/features/api/use-single-mutation";
import { Button } from "@/ui/button";
import { Dialog, DialogBody, DialogClose, DialogContent, DialogFooter, DialogTrigger } from "@/ui/dialog";
import { Field } from "@/ui/field";
import { Input } from "@/ui/input";
import { Select } from "@/ui/select";
import { useTextForm } from "@/ui/use-text-form";
import { InvitationLink } from "./invitation-link";
import { roleTable } from "./role-table";

const schema = createInvitationInput.omit({ organizationId: true });
const toField = (path: string) => (path === "email" || path === "role" ? path : null);

export function InviteDialog({ organization }: { organization: Organization }) {
  const [open, setOpen] = useState(false);
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button variant="primary">
          <UserPlus />
          Invite
        </Button>
      </DialogTrigger>
      <DialogContent title={`Invite to ${organization.name}`} description="You get a link to hand on; it works once.">
        <InviteForm organization={organization} />
      </DialogContent>
    </Dialog>
  );
}

function InviteForm({ organization }: { organization: Organization }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const organizationId = organization.id;
  const { register, handleSubmit, setError, watch, formState } = useTextForm({
    resolver: zodResolver(schema),
    defaultValues: { role: "developer" as const, email: "", days: 7 as const },
  });
  const errors = useServerErrors(setError, toField);
  const invite = useSingleMutation(
    trpc.invitation.create.mutationOptions({
      onError: errors.report,
      onSuccess: () => queryClient.invalidateQueries(trpc.invitation.list.pathFilter()),
    }),
  );
  const submit = handleSubmit((values) => {
    errors.clear();
    invite.mutate({ organizationId, ...values });
  });
  if (invite.data) return <InvitationLink url={invite.data.url} expiresAt={invite.data.expiresAt} />;
  const role = watch("role") ?? "developer";
  return (
    <form onSubmit={submit} noValidate className="flex min-h-0 flex-col">
      <DialogBody>
        {errors.rest !== null && <ErrorNotice error={errors.rest} />}
        <Field label="Role" hint={`May ${roleTable[role].may}.`} error={formState.errors.role?.message}>
          {(control) => (
            <Select {...control} {...register("role")}>
              {roles
                .filter((one) => outranks(organization.role, one))
                .map((one) => (
                  <option key={one} value={one}>
                    {roleTable[one].label}
                  </option>
                ))}
            </Select>
          )}
        </Field>
        <Field
          label="E-mail"
          hint="Only this address can accept then. Empty: whoever has the link can."
          error={formState.errors.email?.message}
        >
          {(control) => <Input {...control} {...register("email")} type="email" autoComplete="off" />}
        </Field>
        <Field label="Valid for" error={formState.errors.days?.message}>
          {(control) => (
            <Select {...control} {...register("days", { valueAsNumber: true })}>
              {invitationDays.map((days) => (
                <option key={days} value={days}>
                  {days === 1 ? "1 day" : `${days} days`}
                </option>
              ))}
            </Select>
          )}
        </Field>
      </DialogBody>
      <DialogFooter>
        <DialogClose asChild>
          <Button>Cancel</Button>
        </DialogClose>
        <Button type="submit" variant="primary" pending={invite.isPending}>
          Make a link
        </Button>
      </DialogFooter>
    </form>
  );
}
