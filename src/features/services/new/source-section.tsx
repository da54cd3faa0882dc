"use client";

import { Search } from "lucide-react";
import type { UseFormReturn } from "react-hook-form";
import type { NewServiceForm, NewServiceOutput } from "@/features/services/service-form-schema";
import { SourceFields } from "@/features/services/source-fields";
import { Button } from "@/ui/button";
import { Card, CardBody, CardHeader } from "@/ui/card";
import { Segmented } from "@/ui/segmented";
import { InspectionSection } from "./inspection-section";
import type { RepositoryLook } from "./use-repository-look";

export type Form = UseFormReturn<NewServiceForm, unknown, NewServiceOutput>;

const types = [
  { value: "git", label: "Git repository" },
  { value: "image", label: "Container image" },
] as const;

export function SourceSection({ form, look }: { form: Form; look: RepositoryLook }) {
  const type = form.watch("source.type");
  const looked = look.found !== null;
  return (
    <Card aria-labelledby="source">
      <CardHeader id="source" title="Source" description="Where the application comes from." />
      <CardBody className="flex flex-col gap-4">
        <Segmented
          legend="Kind of source"
          options={types}
          value={type}
          onChange={(value) => form.setValue("source.type", value, { shouldDirty: true })}
        />
        <SourceFields
          register={form.register}
          errors={form.formState.errors}
          type={type}
          branches={look.found?.branches ?? []}
          branchPlaceholder="The repository's default"
        />
        {type === "git" && (
          <>
            <div>
              <Button
                type={looked ? "button" : "submit"}
                variant={looked ? "secondary" : "primary"}
                pending={look.running}
                onClick={looked ? look.look : undefined}
              >
                {!look.running && <Search />}
                {looked ? "Look again" : "Look at the repository"}
              </Button>
            </div>
            {!looked && (
              <InspectionSection
                running={look.running}
                startedAt={look.startedAt}
                view={look.view}
                error={look.error}
              />
            )}
          </>
        )}
      </CardBody>
    </Card>
  );
}
