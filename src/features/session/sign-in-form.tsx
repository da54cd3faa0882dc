"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { signIn } from "next-auth/react";
import { useEffect, useState } from "react";
import { type SignInInput, signInInput } from "@/contracts/account";
import { Button } from "@/ui/button";
import { Field } from "@/ui/field";
import { useHydrated } from "@/ui/hydration-gate";
import { Input } from "@/ui/input";
import { Notice } from "@/ui/notice";
import { useTextForm } from "@/ui/use-text-form";
import { describeSignInFailure, type SignInFailure } from "./sign-in-failure";

/** `destination` is a path of this site; the caller has made sure of it. */
export function SignInForm({ destination }: { destination: string }) {
  const [failure, setFailure] = useState<SignInFailure | null>(null);
  const [done, setDone] = useState(false);
  const { register, handleSubmit, setFocus, resetField, formState } = useTextForm({
    resolver: zodResolver(signInInput),
    defaultValues: { email: "", password: "" },
  });
  const pending = formState.isSubmitting || done;
  const hydrated = useHydrated();
  useEffect(() => {
    if (hydrated) setFocus("email");
  }, [hydrated, setFocus]);

  const submit = async (values: SignInInput) => {
    setFailure(null);
    const code = await attempt(values);
    if (code === null) {
      setDone(true);
      // A full load: nothing of a former session stays in memory.
      window.location.assign(destination);
      return;
    }
    setFailure(describeSignInFailure(code));
    resetField("password");
    setFocus("password");
  };

  return (
    <form method="post" onSubmit={handleSubmit(submit)} noValidate className="flex flex-col gap-4">
      {failure && (
        <Notice tone="bad" role="alert" title={failure.message}>
          {failure.fix}
        </Notice>
      )}
      <Field label="E-mail" required error={formState.errors.email?.message}>
        {(control) => (
          <Input {...control} {...register("email")} type="email" autoComplete="username" className="h-10" />
        )}
      </Field>
      <Field label="Password" required error={formState.errors.password?.message}>
        {(control) => (
          <Input
            {...control}
            {...register("password")}
            type="password"
            autoComplete="current-password"
            className="h-10"
          />
        )}
      </Field>
      <Button type="submit" variant="primary" size="lg" pending={pending}>
        Sign in
      </Button>
    </form>
  );
}

/** Null when signed in, else the code of what went wrong. */
async function attempt(values: SignInInput): Promise<string | null> {
  try {
    const result = await signIn("credentials", { ...values, redirect: false });
    return result?.ok && !result.error ? null : (result?.error ?? "unexpected");
  } catch {
    return "unreachable";
  }
}
