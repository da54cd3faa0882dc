"use client";

import { zodResolver } from "@hookform/resolvers/zod";

import { useRouter } from "next/navigation";
import type { FormEvent } from "react";
import { ErrorNotice } from "@/features/api/error-notice";
import type { Project } from "@/features/api/outputs";
import { useTRPC } from "@/features/api/trpc";
import { useServerErrors } from "@/features/api/use-server-errors";
import { useSingleMutation } from "@/features/api/use-single-mutation";
import { newServiceForm, newServiceFormDefaults } from "@/features/services/service-form-schema";
import { useVariableRows } from "@/features/variables/use-variable-rows";
import { VariableEditor } from "@/features/variables/variable-editor";
import { Button } from "@/ui/button";
import { Card, CardBody, CardHeader } from "@/ui/card";
import { Notice } from "@/ui/notice";
import { useTextForm } from "@/ui/use-text-form";
import { BuildSection } from "./build-section";
import { RuntimeSection } from "./runtime-section";
import { SourceSection } from "./source-section";
import { toNewServiceField } from "./to-new-service-field";
import { useRepositoryLook } from "./use-repository-look";

/**
 * From an address to a running service, on one page. What comes after the source shows once the repository was looked
 * at: before that nobody can know what to enter there.
 */
export function NewServiceForm({ project }: { project: Project }) {
  const trpc = useTRPC();
  const router = useRouter();
  const form = useTextForm({ resolver: zodResolver(newServiceForm), defaultValues: newServiceFormDefaults });
  const errors = useServerErrors(form.setError, toNewServiceField);
  const look = useRepositoryLook(form, project.id, errors.report);
  const variables = useVariableRows([]);
  const create = useSingleMutation(
    trpc.service.create.mutationOptions({
      onError: errors.report,
      onSuccess: ({ id, deployment }) =>
        router.push(deployment ? `/services/${id}/deployments/${deployment.id}` : `/services/${id}`),
    }),
    { leaves: true },
  );
  const isImage = form.watch("source.type") === "image";
  const ready = isImage || look.found !== null;
  const environment = project.environments[0];

  const save = (deploy: boolean) =>
    form.handleSubmit((values) => {
      const rows = variables.validate();
      if (!rows || !environment) return;
      create.mutate({
        ...values,
        projectId: project.id,
        environmentId: environment.id,
        variables: rows.map(({ key, value, secret }) => ({ key, value: value ?? "", secret })),
        deploy,
      });
    })();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    errors.clear();
    if (ready) save(true);
    else look.look();
  };

  return (
    <form onSubmit={submit} noValidate className="flex max-w-3xl flex-col gap-4">
      <SourceSection form={form} look={look} />
      <p role="status" className="sr-only">
        {look.found && `The repository was looked at. ${look.found.plan?.label ?? "Nothing"} was detected.`}
      </p>
      {ready && (
        <>
          {!isImage && <BuildSection form={form} look={look} />}
          <RuntimeSection form={form} plan={look.found?.plan ?? null} />
          <Card aria-labelledby="variables">
            <CardHeader
              id="variables"
              title="Environment variables"
              description="Secrets are kept encrypted and are not given to the build."
            />
            <CardBody>
              <VariableEditor variables={variables} />
            </CardBody>
          </Card>
        </>
      )}
      {errors.rest !== null && <ErrorNotice error={errors.rest} />}
      {ready && (
        <>
          <Invalid count={Object.keys(form.formState.errors).length + variables.problems.size} />
          <div className="flex flex-wrap gap-2">
            <Button type="submit" variant="primary" size="lg" pending={create.isBusy}>
              Deploy
            </Button>
            <Button size="lg" disabled={create.isBusy} onClick={() => save(false)}>
              Create without deploying
            </Button>
          </div>
        </>
      )}
    </form>
  );
}

function Invalid({ count }: { count: number }) {
  if (count === 0) return null;
  return <Notice tone="bad" role="alert" title="Some fields need a correction. They are marked above." />;
}
