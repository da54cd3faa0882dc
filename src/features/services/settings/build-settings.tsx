"use client";

import { z } from "zod";
import { buildSettingsSchema } from "@/contracts/service";
import type { Service } from "@/features/api/outputs";
import { BuildFields, type BuildForm } from "@/features/services/build-fields";
import { SettingsCard } from "./settings-card";
import { fieldOf, useSettingsForm } from "./use-settings-form";

const form = {
  schema: z.object({ build: buildSettingsSchema }),
  toField: fieldOf([
    "build.builder",
    "build.dockerfilePath",
    "build.installCommand",
    "build.buildCommand",
    "build.startCommand",
    "build.outputDirectory",
  ]),
  toValues: ({ build }: Service): BuildForm => ({
    build: {
      builder: build.builder,
      dockerfilePath: build.dockerfilePath ?? "",
      installCommand: build.installCommand ?? "",
      buildCommand: build.buildCommand ?? "",
      startCommand: build.startCommand ?? "",
      outputDirectory: build.outputDirectory ?? "",
    },
  }),
  appliesLater: true,
};

export function BuildSettings({ service }: { service: Service }) {
  const { register, watch, errors, card } = useSettingsForm(service, form);
  return (
    <SettingsCard title="Build" description="Empty fields are detected in the repository." {...card}>
      <BuildFields register={register} errors={errors.build} builder={watch("build.builder")} plan={null} />
    </SettingsCard>
  );
}
