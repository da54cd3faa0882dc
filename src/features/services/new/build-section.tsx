"use client";

import { BuildFields } from "@/features/services/build-fields";
import { Button } from "@/ui/button";
import { Card, CardBody, CardHeader } from "@/ui/card";
import { Disclosure } from "@/ui/disclosure";
import { Notice } from "@/ui/notice";
import { InspectionSection } from "./inspection-section";
import type { Form } from "./source-section";
import type { RepositoryLook } from "./use-repository-look";

export function BuildSection({ form, look }: { form: Form; look: RepositoryLook }) {
  const plan = look.found?.plan ?? null;
  return (
    <Card aria-labelledby="build">
      <CardHeader id="build" title="Build and start" description="What was found, and what will be done with it." />
      <CardBody className="flex flex-col gap-5">
        <InspectionSection running={look.running} startedAt={look.startedAt} view={look.view} error={look.error} />
        {look.outdated && (
          <Notice
            tone="active"
            role="status"
            title="You changed something since the look"
            actions={<Button onClick={look.look}>Look again</Button>}
          >
            The plan above is that of the former settings.
          </Notice>
        )}
        <Disclosure summary="Change how it is built" defaultOpen={plan === null}>
          <BuildFields
            register={form.register}
            errors={form.formState.errors.build}
            builder={form.watch("build.builder")}
            plan={plan}
          />
        </Disclosure>
      </CardBody>
    </Card>
  );
}
