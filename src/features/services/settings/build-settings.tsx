"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { z } from "zod";
import { buildSettingsSchema } from "@/contracts/service";
import type { Service } from "@/features/api/outputs";
import { useServerErrors } from "@/features/api/use-server-errors";
import { BuildFields } from "@/features/services/build-fields";
import { useTextForm } from "@/ui/use-text-form";
import { SettingsCard } from "./settings-card";
import { useUpdateService } from "./use-update-service";

const schema = z.object({ build: buildSettingsSchema });
type Values = z.input<typeof schema>;

const fields = [
  "build.builder",
  "build.dockerfilePath",
  "build.installCommand",
  "build.buildCommand",
  "build.startCommand",
  "build.outputDirectory",
] as const;
const toField = (path: string) => fields.find((field) => field === path) ?? null;

function toValues({ build }: Service): Values & { build: Record<string, string> } {
  return {
    build: {
      builder: build.builder,
      dockerfilePath: build.dockerfilePath ?? "",
      installCommand: build.installCommand ?? "",
      buildCommand: build.buildCommand ?? "",
      startCommand: build.startCommand ?? "",
      outputDirectory: build.outputDirectory ?? "",
    },
  };
}

export function BuildSettings({ service }: { service: Service }) {
  const { register, handleSubmit, setError, reset, getValues, watch, formState } = useTextForm({
    resolver: zodResolver(schema),
    defaultValues: toValues(service),
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
      title="Build"
      description="Empty fields are detected in the repository."
      onSubmit={submit}
      isDirty={formState.isDirty}
      pending={update.isPending}
      onDiscard={() => reset(toValues(service))}
      error={errors.rest}
    >
      <BuildFields register={register} errors={formState.errors.build} builder={watch("build.builder")} plan={null} />
    </SettingsCard>
  );
}
