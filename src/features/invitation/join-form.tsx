"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { signIn } from "next-auth/react";
import { joinInput } from "@/contracts/invitation";
import { ErrorNotice } from "@/features/api/error-notice";
import { useTRPC } from "@/features/api/trpc";
import { useServerErrors } from "@/features/api/use-server-errors";
import { useSingleMutation } from "@/features/api/use-single-mutation";
import { organizationPath } from "@/features/organizations/organization-path";
import { Button } from "@/ui/button";
import { Field } from "@/ui/field";
import { Input } from "@/ui/input";
import { useTextForm } from "@/ui/use-text-form";

const schema = joinInput.omit({ token: true });
const toField = (path: string) => (path === "name" || path === "email" || path === "password" ? path : null);

/** Makes an account, signs in with it, and leads to the organization. `email`: where the invitation names one. */
export function JoinForm({ token, email }: { token: string; email: string | null }) {
  const trpc = useTRPC();
  const { register, handleSubmit, setError, getValues, formState } = useTextForm({
    resolver: zodResolver(schema),
    defaultValues: { name: "", email: email ?? "", password: "" },
  });
  const errors = useServerErrors(setError, toField);
  const join = useSingleMutation(
    trpc.invitation.join.mutationOptions({
      onError: errors.report,
      onSuccess: async ({ slug }) => {
        const { email, password } = getValues();
        const result = await signIn("credentials", { email, password, redirect: false }).catch(() => null);
        // The account is there: where signing in failed, its page says why.
        window.location.assign(result?.ok && !result.error ? organizationPath(slug, "projects") : "/sign-in");
      },
    }),
    { leaves: true },
  );
  const submit = handleSubmit((values) => {
    errors.clear();
    join.mutate({ token, ...values });
  });
  return (
    <form method="post" onSubmit={submit} noValidate className="flex flex-col gap-4">
      {errors.rest !== null && <ErrorNotice error={errors.rest} />}
      <Field label="Name" required error={formState.errors.name?.message}>
        {(control) => <Input {...control} {...register("name")} autoComplete="name" maxLength={60} className="h-10" />}
      </Field>
      <Field label="E-mail" required error={formState.errors.email?.message}>
        {(control) => (
          <Input
            {...control}
            {...register("email")}
            type="email"
            autoComplete="username"
            readOnly={email !== null}
            className="h-10"
          />
        )}
      </Field>
      <Field
        label="Password"
        required
        hint="At least 12 characters. A few words are easy to keep."
        error={formState.errors.password?.message}
      >
        {(control) => (
          <Input {...control} {...register("password")} type="password" autoComplete="new-password" className="h-10" />
        )}
      </Field>
      <Button type="submit" variant="primary" size="lg" pending={join.isBusy}>
        Create account and join
      </Button>
    </form>
  );
}
