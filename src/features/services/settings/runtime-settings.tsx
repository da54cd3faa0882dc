"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { z } from "zod";
import type { Service } from "@/features/api/outputs";
import { useServerErrors } from "@/features/api/use-server-errors";
import { RuntimeFields } from "@/features/services/runtime-fields";
import { runtimeForm, runtimeToForm } from "@/features/services/service-form-schema";
import { useTextForm } from "@/ui/use-text-form";
import { SettingsCard } from "./settings-card";
import { useUpdateService } from "./use-update-service";

const schema = z.object({ runtime: runtimeForm });

const fields = [
  "runtime.port",
  "runtime.healthPath",
  "runtime.memoryMib",
  "runtime.cpuMillis",
  "runtime.replicas",
  "runtime.readOnlyRoot",
] as const;
const toField = (path: string) => fields.find((field) => field === path) ?? null;

export function RuntimeSettings({ service }: { service: Service }) {
  const { register, handleSubmit, setError, reset, getValues, formState } = useTextForm({
    resolver: zodResolver(schema),
    defaultValues: { runtime: runtimeToForm(service.runtime) },
  });
  const errors = useServerErrors(setError, toField);
  const update = useUpdateService(service.id, {
    onError: errors.report,
    onSaved: () => reset(getValues()),
    appliesLater: true,
  });
  const submit = handleSubmit((values) => {
    errors.clear();
    update.mutate({ serviceId: service.id, ...values });
  });
  return (
    <SettingsCard
      title="Runtime"
      onSubmit={submit}
      isDirty={formState.isDirty}
      pending={update.isPending}
      onDiscard={() => reset({ runtime: runtimeToForm(service.runtime) })}
      error={errors.rest}
    >
      <RuntimeFields register={register} errors={formState.errors.runtime} detectedPort={null} withDefaults={false} />
    </SettingsCard>
  );
}
