"use client";

import { z } from "zod";
import type { Service } from "@/features/api/outputs";
import { HealthFields } from "@/features/services/health-fields";
import { toHealthField } from "@/features/services/health-form";
import { RuntimeFields, type RuntimeForm } from "@/features/services/runtime-fields";
import { runtimeForm, runtimeToForm } from "@/features/services/service-form-schema";
import { SettingsCard } from "./settings-card";
import { fieldOf, useSettingsForm } from "./use-settings-form";

const toField = fieldOf([
  "runtime.port",
  "runtime.health.check",
  "runtime.health.path",
  "runtime.health.statuses",
  "runtime.health.intervalMs",
  "runtime.health.timeoutMs",
  "runtime.health.threshold",
  "runtime.health.startPeriodMs",
  "runtime.memoryMib",
  "runtime.cpuMillis",
  "runtime.replicas",
  "runtime.readOnlyRoot",
]);

const form = {
  schema: z.object({ runtime: runtimeForm }),
  toField: (path: string) => toField(toHealthField(path)),
  toValues: ({ runtime }: Service): RuntimeForm => ({ runtime: runtimeToForm(runtime) }),
  appliesLater: true,
};

export function RuntimeSettings({ service }: { service: Service }) {
  const { register, watch, errors, card } = useSettingsForm(service, form);
  return (
    <SettingsCard title="Runtime" {...card}>
      <RuntimeFields register={register} errors={errors.runtime} plan={null} withDefaults={false} />
      <HealthFields
        register={register}
        errors={errors.runtime?.health}
        check={watch("runtime.health.check")}
        hasHealthcheck={false}
      />
    </SettingsCard>
  );
}
