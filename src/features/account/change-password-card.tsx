"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useQueryClient } from "@tanstack/react-query";
import { changePasswordInput } from "@/contracts/account";
import { ErrorNotice } from "@/features/api/error-notice";
import { useTRPC } from "@/features/api/trpc";
import { useServerErrors } from "@/features/api/use-server-errors";
import { useSingleMutation } from "@/features/api/use-single-mutation";
import { Button } from "@/ui/button";
import { Card, CardBody, CardFooter, CardHeader } from "@/ui/card";
import { Field } from "@/ui/field";
import { Input } from "@/ui/input";
import { toast } from "@/ui/toast";
import { useTextForm } from "@/ui/use-text-form";

const empty = { currentPassword: "", newPassword: "" };
const toField = (path: string) => (path === "currentPassword" || path === "newPassword" ? path : null);

export function ChangePasswordCard() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { register, handleSubmit, setError, reset, formState } = useTextForm({
    resolver: zodResolver(changePasswordInput),
    defaultValues: empty,
  });
  const errors = useServerErrors(setError, toField);
  const change = useSingleMutation(
    trpc.viewer.changePassword.mutationOptions({
      onError: errors.report,
      onSuccess: async () => {
        reset(empty);
        toast.success("Password changed");
        await queryClient.invalidateQueries(trpc.viewer.sessions.queryFilter());
      },
    }),
  );
  const submit = handleSubmit((values) => {
    errors.clear();
    change.mutate(values);
  });
  return (
    <Card aria-labelledby="password">
      <form method="post" onSubmit={submit} noValidate>
        <CardHeader id="password" title="Password" description="A new one ends your other sessions." />
        <CardBody className="flex flex-col gap-4">
          {errors.rest !== null && <ErrorNotice error={errors.rest} />}
          <Field
            label="Current password"
            required
            error={formState.errors.currentPassword?.message}
            className="max-w-md"
          >
            {(control) => (
              <Input {...control} {...register("currentPassword")} type="password" autoComplete="current-password" />
            )}
          </Field>
          <Field
            label="New password"
            required
            hint="At least 12 characters. A few words are easy to keep."
            error={formState.errors.newPassword?.message}
            className="max-w-md"
          >
            {(control) => (
              <Input {...control} {...register("newPassword")} type="password" autoComplete="new-password" />
            )}
          </Field>
        </CardBody>
        <CardFooter>
          <Button type="submit" variant="primary" pending={change.isPending}>
            Change password
          </Button>
        </CardFooter>
      </form>
    </Card>
  );
}
