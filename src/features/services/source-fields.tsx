"use client";

import { type ReactNode, useId } from "react";
import type { FieldErrors, UseFormRegister } from "react-hook-form";
import { Field } from "@/ui/field";
import { Input } from "@/ui/input";

export type SourceForm = {
  source: { type: "git" | "image"; url: string; branch: string; rootDirectory: string; reference: string };
  gitToken: string;
};

type SourceFieldsProps = {
  register: UseFormRegister<SourceForm>;
  errors: FieldErrors<SourceForm>;
  type: "git" | "image";
  /** Offered while typing a branch, where they are known. */
  branches: readonly string[];
  branchPlaceholder: string;
  /** Stands in place of the token's field where one is stored. */
  token?: ReactNode;
};

export function SourceFields({ register, errors, type, branches, branchPlaceholder, token }: SourceFieldsProps) {
  const branchList = useId();
  if (type === "image") {
    return (
      <Field
        label="Image reference"
        required
        hint="Name and tag, or a digest: ghcr.io/team/app:1.2"
        error={errors.source?.reference?.message}
      >
        {(control) => (
          <Input {...control} {...register("source.reference")} mono autoComplete="off" spellCheck={false} />
        )}
      </Field>
    );
  }
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field
        label="Repository address"
        required
        className="sm:col-span-2"
        hint="https, http, ssh or git@host:path. Leave tokens out of it."
        error={errors.source?.url?.message}
      >
        {(control) => (
          <Input
            {...control}
            {...register("source.url")}
            mono
            inputMode="url"
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            placeholder="https://github.com/team/app"
          />
        )}
      </Field>
      <Field label="Branch" error={errors.source?.branch?.message}>
        {(control) => (
          <>
            <Input
              {...control}
              {...register("source.branch")}
              mono
              autoComplete="off"
              autoCapitalize="off"
              spellCheck={false}
              placeholder={branchPlaceholder}
              list={branchList}
            />
            <datalist id={branchList}>
              {branches.map((branch) => (
                <option key={branch} value={branch} />
              ))}
            </datalist>
          </>
        )}
      </Field>
      <Field
        label="Root directory"
        optional
        hint="Where the application stands within the repository."
        error={errors.source?.rootDirectory?.message}
      >
        {(control) => (
          <Input
            {...control}
            {...register("source.rootDirectory")}
            mono
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            placeholder="apps/web"
          />
        )}
      </Field>
      {token ?? (
        <Field
          label="Access token"
          optional
          className="sm:col-span-2"
          hint="For a private repository. Kept encrypted, given to Git alone, never shown again."
          error={errors.gitToken?.message}
        >
          {(control) => <Input {...control} {...register("gitToken")} type="password" mono autoComplete="off" />}
        </Field>
      )}
    </div>
  );
}
