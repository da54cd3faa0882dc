"use client";

import { ErrorNotice } from "@/features/api/error-notice";
import { useTRPC } from "@/features/api/trpc";
import { useSingleMutation } from "@/features/api/use-single-mutation";
import { organizationPath } from "@/features/organizations/organization-path";
import { Button } from "@/ui/button";

/** For who is signed in. */
export function AcceptButton({ token }: { token: string }) {
  const trpc = useTRPC();
  const accept = useSingleMutation(
    trpc.invitation.accept.mutationOptions({
      onSuccess: ({ slug }) => window.location.assign(organizationPath(slug, "projects")),
    }),
    { leaves: true },
  );
  return (
    <div className="flex flex-col gap-4">
      {accept.error && <ErrorNotice error={accept.error} />}
      <Button variant="primary" size="lg" pending={accept.isBusy} onClick={() => accept.mutate({ token })}>
        Join
      </Button>
    </div>
  );
}
