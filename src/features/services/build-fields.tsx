"use client";

import type { FieldErrors, UseFormRegister } from "react-hook-form";
import type { z } from "zod";
import type { buildSettingsSchema } from "@/contracts/service";
import type { BuildPlan } from "@/domain/plan/types";
import { Field } from "@/ui/field";
import { Input } from "@/ui/input";
import { Select } from "@/ui/select";

export type BuildForm = { build: z.input<typeof buildSettingsSchema> };

type BuildFieldsProps = {
  register: UseFormRegister<BuildForm>;
  errors: FieldErrors<BuildForm>["build"];
  builder: string | undefined;
  /** What was detected stands in the empty fields. */
  plan: BuildPlan | null;
};

/** Everything empty means: as detected. Fields that the chosen builder does not read are left out. */
export function BuildFields({ register, errors, builder, plan }: BuildFieldsProps) {
  const usesCommands = builder !== "dockerfile";
  const isStatic = builder === "static" || (builder === "auto" && plan?.outputDirectory != null);
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field
        label="Builder"
        hint="Detected: a Dockerfile where there is one, otherwise the framework."
        error={errors?.builder?.message}
      >
        {(control) => (
          <Select {...control} {...register("build.builder")}>
            <option value="auto">Detected</option>
            <option value="dockerfile">Dockerfile</option>
            <option value="static">Static site</option>
          </Select>
        )}
      </Field>
      {builder !== "static" && (
        <Field label="Dockerfile path" optional error={errors?.dockerfilePath?.message}>
          {(control) => (
            <Input
              {...control}
              {...register("build.dockerfilePath")}
              mono
              placeholder={plan?.dockerfilePath ?? "Dockerfile"}
            />
          )}
        </Field>
      )}
      {usesCommands && (
        <>
          <Field label="Install command" optional error={errors?.installCommand?.message}>
            {(control) => (
              <Input
                {...control}
                {...register("build.installCommand")}
                mono
                placeholder={plan?.installCommand ?? "As detected"}
              />
            )}
          </Field>
          <Field label="Build command" optional error={errors?.buildCommand?.message}>
            {(control) => (
              <Input
                {...control}
                {...register("build.buildCommand")}
                mono
                placeholder={plan?.buildCommand ?? "As detected"}
              />
            )}
          </Field>
        </>
      )}
      {builder !== "static" && (
        <Field label="Start command" optional error={errors?.startCommand?.message}>
          {(control) => (
            <Input
              {...control}
              {...register("build.startCommand")}
              mono
              placeholder={plan?.startCommand ?? "As detected"}
            />
          )}
        </Field>
      )}
      {(isStatic || builder === "auto") && (
        <Field
          label="Output directory"
          optional
          hint="The directory that is served, for static sites."
          error={errors?.outputDirectory?.message}
        >
          {(control) => (
            <Input
              {...control}
              {...register("build.outputDirectory")}
              mono
              placeholder={plan?.outputDirectory ?? "As detected"}
            />
          )}
        </Field>
      )}
    </div>
  );
}
