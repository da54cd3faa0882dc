"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { z } from "zod";
import { nameSchema } from "@/contracts/common";
import type { Service } from "@/features/api/outputs";
import { useServerErrors } from "@/features/api/use-server-errors";
import { Field } from "@/ui/field";
import { Input } from "@/ui/input";
import { useTextForm } from "@/ui/use-text-form";
import { SettingsCard } from "./settings-card";
import { useUpdateService } from "./use-update-service";

const schema = z.object({ name: nameSchema });
const toField = (path: string) => (path === "name" ? "name" : null);

export function NameForm({ service }: { service: Service }) {
  const { register, handleSubmit, setError, reset, getValues, formState } = useTextForm({
    resolver: zodResolver(schema),
    values: { name: service.name },
    resetOptions: { keepDirtyValues: true },
  });
  const errors = useServerErrors(setError, toField);
  const update = useUpdateService(service.id, {
    onError: errors.report,
    onSaved: () => reset(getValues()),
    appliesLater: false,
  });
  const submit = handleSubmit((values) => {
    errors.clear();
    update.mutate({ serviceId: service.id, ...values });
  });
  return (
    <SettingsCard
      title="Name"
      description="The service's address stays as it is."
      onSubmit={submit}
      isDirty={formState.isDirty}
      pending={update.isPending}
      onDiscard={() => reset({ name: service.name })}
      error={errors.rest}
    >
      <Field label="Service name" required error={formState.errors.name?.message} className="max-w-md">
        {(control) => <Input {...control} {...register("name")} autoComplete="off" maxLength={60} />}
      </Field>
    </SettingsCard>
  );
}
