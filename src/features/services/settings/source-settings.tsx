"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useState } from "react";
import { z } from "zod";
import type { Service } from "@/features/api/outputs";
import { useServerErrors } from "@/features/api/use-server-errors";
import { gitTokenForm, sourceForm } from "@/features/services/service-form-schema";
import { SourceFields } from "@/features/services/source-fields";
import { Segmented } from "@/ui/segmented";
import { useTextForm } from "@/ui/use-text-form";
import { SettingsCard } from "./settings-card";
import { StoredToken, type TokenPlan } from "./stored-token";
import { fieldOf } from "./use-settings-form";
import { useUpdateService } from "./use-update-service";

const schema = z.object({ source: sourceForm, gitToken: gitTokenForm });
type Values = z.input<typeof schema>;

const toField = fieldOf(["source.url", "source.branch", "source.rootDirectory", "source.reference", "gitToken"]);

const types = [
  { value: "git", label: "Git repository" },
  { value: "image", label: "Container image" },
] as const;

function toValues({ source }: Service): Values {
  const empty = { url: "", branch: "", rootDirectory: "", reference: "" };
  return { source: { ...empty, ...source }, gitToken: "" };
}

export function SourceSettings({ service }: { service: Service }) {
  const [token, setToken] = useState<TokenPlan>("keep");
  const { register, handleSubmit, setError, reset, watch, setValue, formState } = useTextForm({
    resolver: zodResolver(schema),
    defaultValues: toValues(service),
  });
  const errors = useServerErrors(setError, toField);
  const update = useUpdateService(service.id, {
    onError: errors.report,
    onSaved: () => {
      setToken("keep");
      reset((values) => ({ ...values, gitToken: "" }));
    },
    appliesLater: true,
  });
  const submit = handleSubmit(({ source, gitToken }) => {
    errors.clear();
    update.mutate({ serviceId: service.id, source, gitToken: token === "remove" ? null : gitToken });
  });
  const discard = () => {
    setToken("keep");
    reset(toValues(service));
  };
  const type = watch("source.type");
  return (
    <SettingsCard
      title="Source"
      onSubmit={submit}
      isDirty={formState.isDirty || token === "remove"}
      pending={update.isPending}
      onDiscard={discard}
      error={errors.rest}
    >
      <Segmented
        legend="Kind of source"
        options={types}
        value={type}
        onChange={(value) => setValue("source.type", value, { shouldDirty: true })}
      />
      <SourceFields
        register={register}
        errors={formState.errors}
        type={type}
        branches={[]}
        branchPlaceholder="main"
        token={
          service.hasGitToken && token !== "replace" ? <StoredToken plan={token} onChange={setToken} /> : undefined
        }
      />
    </SettingsCard>
  );
}
