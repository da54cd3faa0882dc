"use client";

import { useEffect, useState } from "react";
import type { UseFormReturn } from "react-hook-form";
import { inspectRepositoryInput } from "@/contracts/service";
import type { InspectionResult } from "@/domain/plan/types";
import { suggestName } from "@/features/services/describe-source";
import type { NewServiceForm, NewServiceOutput } from "@/features/services/service-form-schema";
import { toNewServiceField } from "./to-new-service-field";
import { type InspectionState, useInspection } from "./use-inspection";

type Form = UseFormReturn<NewServiceForm, unknown, NewServiceOutput>;

export type RepositoryLook = InspectionState & {
  look: () => void;
  /** What the last look that succeeded found. */
  found: InspectionResult | null;
  /** What is typed now differs from what was looked at. */
  outdated: boolean;
};

/** Looks at the repository that the form names, and fills in what the look makes known. */
export function useRepositoryLook(form: Form, projectId: string, onError: (error: unknown) => void): RepositoryLook {
  const { getValues, setValue, setError, clearErrors, getFieldState, watch } = form;
  const [lookedAt, setLookedAt] = useState<string | null>(null);
  const [found, setFound] = useState<InspectionResult | null>(null);
  const inspection = useInspection(onError);
  const result = inspection.view?.result;

  const look = () => {
    const { source, build, gitToken } = getValues();
    const wanted = { projectId, source, build, gitToken: gitToken === "" ? undefined : gitToken };
    const checked = inspectRepositoryInput.safeParse(wanted);
    clearErrors();
    if (checked.success) {
      setLookedAt(subjectOf(getValues()));
      inspection.start(checked.data);
      return;
    }
    // Of several things that are wrong with a field, the first is told: the others often follow from it.
    for (const issue of checked.error.issues.reverse()) {
      const field = toNewServiceField(issue.path.join("."));
      if (field) setError(field, { type: "manual", message: issue.message }, { shouldFocus: true });
    }
  };

  useEffect(() => {
    if (!result) return;
    setFound(result);
    if (getValues("source.branch") === "") {
      setValue("source.branch", result.branch);
      setLookedAt(subjectOf(getValues()));
    }
    if (!getFieldState("name").isDirty) {
      const { url, branch, rootDirectory } = getValues("source");
      setValue("name", suggestName({ type: "git", url, branch, rootDirectory }));
    }
  }, [result, getValues, setValue, getFieldState]);

  const outdated = !inspection.running && lookedAt !== null && lookedAt !== subjectOf(watch());
  return { ...inspection, look, found, outdated };
}

/** Two looks with equal subjects see the same, as long as nobody pushes. */
function subjectOf({ source, build }: Pick<NewServiceForm, "source" | "build">): string {
  return JSON.stringify([source.url, source.branch, source.rootDirectory, build]);
}
