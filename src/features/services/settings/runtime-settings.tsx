"use client";

import { z } from "zod";
import type { Service } from "@/features/api/outputs";
import { RuntimeFields, type RuntimeForm } from "@/features/services/runtime-fields";
import { runtimeForm, runtimeToForm } from "@/features/services/service-form-schema";
import { SettingsCard } from "./settings-card";
import { fieldOf, useSettingsForm } from "./use-settings-form";

const form = {
  schema: z.object({ runtime: runtimeForm }),
  toField: fieldOf([
    "runtime.port",
    "runtime.healthPath",
    "runtime.memoryMib",
    "runtime.cpuMillis",
    "runtime.replicas",
    "runtime.readOnlyRoot",
  ]),
  toValues: ({ runtime }: Service): RuntimeForm => ({ runtime: runtimeToForm(runtime) }),
  appliesLater: true,
};

export function RuntimeSettings({ service }: { service: Service }) {
  const { register, errors, card } = useSettingsForm(service, form);
  return (
    <SettingsCard title="Runtime" {...card}>
      <RuntimeFields register={register} errors={errors.runtime} detectedPort={null} withDefaults={false} />
    </SettingsCard>
  );
}
