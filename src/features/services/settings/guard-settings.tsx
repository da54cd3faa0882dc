"use client";

import type { FieldErrors, UseFormRegister } from "react-hook-form";
import { z } from "zod";
import type { Service } from "@/features/api/outputs";
import { Field } from "@/ui/field";
import { Input } from "@/ui/input";
import { Select } from "@/ui/select";
import { type GuardForm, guardForm, guardToForm } from "./guard-form";
import { SettingsCard } from "./settings-card";
import { fieldOf, useSettingsForm } from "./use-settings-form";

const form = {
  schema: z.object({ guard: guardForm }),
  toField: fieldOf([
    "guard.enabled",
    "guard.windowSeconds",
    "guard.maxErrorRateIncrease",
    "guard.maxP95Factor",
    "guard.minRequests",
    "guard.maxRestarts",
  ]),
  toValues: ({ guard }: Service): GuardForm => ({ guard: guardToForm(guard) }),
  appliesLater: true,
};

export function GuardSettings({ service }: { service: Service }) {
  const { register, errors, card } = useSettingsForm(service, form);
  return (
    <SettingsCard
      title="Guard after going live"
      description="Watches each new version after it went live and rolls back by itself where it does worse than the one before. The reason is in the service's history."
      {...card}
    >
      <GuardFields register={register} errors={errors.guard} />
    </SettingsCard>
  );
}

type GuardFieldsProps = { register: UseFormRegister<GuardForm>; errors: FieldErrors<GuardForm>["guard"] };

function GuardFields({ register, errors }: GuardFieldsProps) {
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field label="Guard" error={errors?.enabled?.message}>
        {(control) => (
          <Select {...control} {...register("guard.enabled")}>
            <option value="on">On</option>
            <option value="off">Off</option>
          </Select>
        )}
      </Field>
      <Field label="Watch for" hint="After the switch: 30 s to 1 h" error={errors?.windowSeconds?.message}>
        {(control) => (
          <Input {...control} {...register("guard.windowSeconds")} autoComplete="off" placeholder="5 min" />
        )}
      </Field>
      <Field
        label="Allowed increase in failures"
        optional
        hint="In percentage points of all requests, above the version before: 10 %. Empty: failures are not compared."
        error={errors?.maxErrorRateIncrease?.message}
      >
        {(control) => <Input {...control} {...register("guard.maxErrorRateIncrease")} autoComplete="off" />}
      </Field>
      <Field
        label="Allowed slowdown"
        optional
        hint="A factor of the former p95: 2 allows answers twice as slow. Empty: speed is not compared."
        error={errors?.maxP95Factor?.message}
      >
        {(control) => <Input {...control} {...register("guard.maxP95Factor")} inputMode="decimal" autoComplete="off" />}
      </Field>
      <Field
        label="Minimum requests"
        hint="With fewer before or after the switch, the two are not compared."
        error={errors?.minRequests?.message}
      >
        {(control) => <Input {...control} {...register("guard.minRequests")} inputMode="numeric" autoComplete="off" />}
      </Field>
      <Field
        label="Restarts that make a crash loop"
        optional
        hint="Of one replica, while the guard watches. Empty: restarts are not counted."
        error={errors?.maxRestarts?.message}
      >
        {(control) => <Input {...control} {...register("guard.maxRestarts")} inputMode="numeric" autoComplete="off" />}
      </Field>
    </div>
  );
}
