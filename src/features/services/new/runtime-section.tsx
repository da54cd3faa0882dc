"use client";

import type { BuildPlan } from "@/domain/plan/types";
import { HealthFields } from "@/features/services/health-fields";
import { RuntimeFields } from "@/features/services/runtime-fields";
import { Card, CardBody, CardHeader } from "@/ui/card";
import { Field } from "@/ui/field";
import { Input } from "@/ui/input";
import type { Form } from "./source-section";

export function RuntimeSection({ form, plan }: { form: Form; plan: BuildPlan | null }) {
  const { errors } = form.formState;
  return (
    <Card aria-labelledby="runtime">
      <CardHeader id="runtime" title="Name and runtime" description="All of this can be changed later." />
      <CardBody className="flex flex-col gap-4">
        <Field
          label="Service name"
          required
          hint="Part of the service's address."
          error={errors.name?.message}
          className="max-w-md"
        >
          {(control) => <Input {...control} {...form.register("name")} autoComplete="off" maxLength={60} />}
        </Field>
        <RuntimeFields register={form.register} errors={errors.runtime} plan={plan} withDefaults />
        <HealthFields
          register={form.register}
          errors={errors.runtime?.health}
          check={form.watch("runtime.health.check")}
          hasHealthcheck={plan?.hasHealthcheck ?? false}
        />
      </CardBody>
    </Card>
  );
}
