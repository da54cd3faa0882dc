"use client";

import type { FieldErrors, UseFormRegister } from "react-hook-form";
import { Disclosure } from "@/ui/disclosure";
import { Field } from "@/ui/field";
import { Input } from "@/ui/input";
import { Select } from "@/ui/select";
import { checkLabels } from "./health-form";
import type { RuntimeForm } from "./runtime-fields";

type HealthFieldsProps = {
  register: UseFormRegister<RuntimeForm>;
  errors: NonNullable<FieldErrors<RuntimeForm>["runtime"]>["health"];
  /** What is chosen now. */
  check: string | undefined;
  /** What was detected has a HEALTHCHECK. */
  hasHealthcheck: boolean;
};

export function HealthFields({ register, errors, check, hasHealthcheck }: HealthFieldsProps) {
  const timed = ["intervalMs", "timeoutMs", "threshold", "startPeriodMs"] as const;
  return (
    <fieldset className="flex flex-col gap-4">
      <legend className="sr-only">Health check</legend>
      <div className="grid gap-4 sm:grid-cols-6">
        <Field
          label="Health check"
          className="sm:col-span-2"
          hint={
            hasHealthcheck && check !== "image"
              ? "The Dockerfile has a HEALTHCHECK, which can be chosen here."
              : "What must be well before traffic moves."
          }
          error={errors?.check?.message}
        >
          {(control) => (
            <Select {...control} {...register("runtime.health.check")}>
              {Object.entries(checkLabels).map(([value, label]) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
            </Select>
          )}
        </Field>
        {check === "http" && (
          <>
            <Field
              label="Health path"
              className="sm:col-span-2"
              hint="Asked from outside the container."
              error={errors?.path?.message}
            >
              {(control) => (
                <Input
                  {...control}
                  {...register("runtime.health.path")}
                  mono
                  autoComplete="off"
                  placeholder="/health"
                />
              )}
            </Field>
            <Field
              label="Statuses"
              className="sm:col-span-2"
              hint="That mean well: 200-399, 204"
              error={errors?.statuses?.message}
            >
              {(control) => <Input {...control} {...register("runtime.health.statuses")} autoComplete="off" />}
            </Field>
          </>
        )}
      </div>
      <Disclosure summary="Times of the health check" defaultOpen={timed.some((name) => errors?.[name])}>
        <div className="grid gap-4 sm:grid-cols-4">
          <Field
            label="Start period"
            optional
            hint="To the first good answer. Empty: as the server allows."
            error={errors?.startPeriodMs?.message}
          >
            {(control) => (
              <Input
                {...control}
                {...register("runtime.health.startPeriodMs")}
                autoComplete="off"
                placeholder="1 min"
              />
            )}
          </Field>
          <Field label="Interval" hint="Between two questions." error={errors?.intervalMs?.message}>
            {(control) => <Input {...control} {...register("runtime.health.intervalMs")} autoComplete="off" />}
          </Field>
          <Field label="Time limit" hint="Of one answer." error={errors?.timeoutMs?.message}>
            {(control) => <Input {...control} {...register("runtime.health.timeoutMs")} autoComplete="off" />}
          </Field>
          <Field label="Threshold" hint="Good answers in a row." error={errors?.threshold?.message}>
            {(control) => (
              <Input {...control} {...register("runtime.health.threshold")} inputMode="numeric" autoComplete="off" />
            )}
          </Field>
        </div>
      </Disclosure>
    </fieldset>
  );
}
