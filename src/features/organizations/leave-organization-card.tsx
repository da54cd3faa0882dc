"use client";

import { useState } from "react";
import { ErrorNotice } from "@/features/api/error-notice";
import type { Organization } from "@/features/api/outputs";
import { useTRPC } from "@/features/api/trpc";
import { useSingleMutation } from "@/features/api/use-single-mutation";
import { Button } from "@/ui/button";
import { Card, CardBody, CardHeader } from "@/ui/card";
import { ConfirmDialog } from "@/ui/confirm-dialog";

export function LeaveOrganizationCard({ organization }: { organization: Organization }) {
  const trpc = useTRPC();
  const [open, setOpen] = useState(false);
  const leave = useSingleMutation(
    trpc.organization.leave.mutationOptions({
      // A full load: nothing of the organization stays in memory.
      onSuccess: () => window.location.assign("/projects"),
    }),
    { leaves: true },
  );
  return (
    <Card aria-labelledby="leave-organization">
      <CardHeader id="leave-organization" title="Leave this organization" />
      <CardBody className="flex flex-wrap items-center justify-between gap-4">
        <p className="max-w-xl text-muted">
          You lose sight of its projects at once. What you deployed goes on running. To come back, somebody has to
          invite you.
        </p>
        <Button variant="danger-quiet" onClick={() => setOpen(true)}>
          Leave
        </Button>
      </CardBody>
      <ConfirmDialog
        open={open}
        onOpenChange={setOpen}
        title={`Leave ${organization.name}?`}
        description="You can only come back when you are invited again."
        confirmLabel="Leave"
        pending={leave.isBusy}
        error={leave.error && <ErrorNotice error={leave.error} />}
        onConfirm={() => leave.mutate({ organizationId: organization.id })}
      />
    </Card>
  );
}
