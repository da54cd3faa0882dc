"use client";

import { z } from "zod";
import { nameSchema } from "@/contracts/common";
import type { Service } from "@/features/api/outputs";
import { Field } from "@/ui/field";
import { Input } from "@/ui/input";
import { SettingsCard } from "./settings-card";
import { fieldOf, useSettingsForm } from "./use-settings-form";

const form = {
  schema: z.object({ name: nameSchema }),
  toField: fieldOf(["name"]),
  toValues: ({ name }: Service) => ({ name }),
  appliesLater: false,
};

export function NameForm({ service }: { service: Service }) {
  const { register, errors, card } = useSettingsForm(service, form);
  return (
    <SettingsCard title="Name" description="The service's address stays as it is." {...card}>
      <Field label="Service name" required error={errors.name?.message} className="max-w-md">
        {(control) => <Input {...control} {...register("name")} autoComplete="off" maxLength={60} />}
      </Field>
    </SettingsCard>
  );
}
