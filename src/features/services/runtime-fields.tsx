"use client";

import type { FieldErrors, UseFormRegister } from "react-hook-form";
import type { z } from "zod";
import type { BuildPlan } from "@/domain/plan/types";
import { Field } from "@/ui/field";
import { Input } from "@/ui/input";
import { Select } from "@/ui/select";
import type { runtimeForm } from "./service-form-schema";

export type RuntimeForm = { runtime: z.input<typeof runtimeForm> };

type RuntimeFieldsProps = {
  register: UseFormRegister<RuntimeForm>;
  errors: FieldErrors<RuntimeForm>["runtime"];
  /** What was detected stands in the empty fields. */
  plan: BuildPlan | null;
  /** Memory and processor may be left empty: the platform's defaults. */
  withDefaults: boolean;
};

export function RuntimeFields({ register, errors, plan, withDefaults }: RuntimeFieldsProps) {
  const byDefault = withDefaults ? "The platform's default" : undefined;
  return (
    <div className="grid gap-4 sm:grid-cols-6">
      <Field
        label="Port"
        optional
        className="sm:col-span-2"
        hint="The application gets it as PORT and must listen on it."
        error={errors?.port?.message}
      >
        {(control) => (
          <Input
            {...control}
            {...register("runtime.port")}
            inputMode="numeric"
            autoComplete="off"
            placeholder={plan === null ? "As detected" : String(plan.port)}
          />
        )}
      </Field>
      <Field
        label="Memory"
        className="sm:col-span-2"
        hint="For each replica: 256 MiB, 1 GiB"
        error={errors?.memoryMib?.message}
      >
        {(control) => (
          <Input {...control} {...register("runtime.memoryMib")} autoComplete="off" placeholder={byDefault} />
        )}
      </Field>
      <Field
        label="Processor"
        className="sm:col-span-2"
        hint="For each replica: 0.5, 2 cores"
        error={errors?.cpuMillis?.message}
      >
        {(control) => (
          <Input {...control} {...register("runtime.cpuMillis")} autoComplete="off" placeholder={byDefault} />
        )}
      </Field>
      <Field
        label="Replicas"
        className="sm:col-span-2"
        hint="Copies that share the requests."
        error={errors?.replicas?.message}
      >
        {(control) => <Input {...control} {...register("runtime.replicas")} inputMode="numeric" autoComplete="off" />}
      </Field>
      <Field
        label="File system"
        className="sm:col-span-6 sm:max-w-md"
        hint="Read-only: an intruder cannot change the application's files. /tmp and /run stay writable, and are emptied at each start."
        error={errors?.readOnlyRoot?.message}
      >
        {(control) => (
          <Select {...control} {...register("runtime.readOnlyRoot")}>
            <option value="writable">Writable</option>
            <option value="read-only">Read-only</option>
          </Select>
        )}
      </Field>
    </div>
  );
}
