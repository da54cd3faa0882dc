"use client";

import type { DeploymentSummary } from "@/features/api/outputs";
import { ConfirmDialog } from "@/ui/confirm-dialog";

type RollbackDialogProps = {
  deployment: Pick<DeploymentSummary, "number" | "warmUntil">;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  pending: boolean;
  onConfirm: () => void;
};

export function RollbackDialog({ deployment, open, onOpenChange, pending, onConfirm }: RollbackDialogProps) {
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onOpenChange}
      title={`Roll back to #${deployment.number}?`}
      description={
        <>
          <p>
            It comes back with the image, the settings and the variables it had. The service's own settings stay as they
            are.
          </p>
          <p>
            {deployment.warmUntil
              ? "Its containers still run, so traffic moves at once."
              : "Its containers are started from the kept image; nothing is built. Traffic moves when they are healthy."}
          </p>
        </>
      }
      confirmLabel="Roll back"
      tone="primary"
      pending={pending}
      onConfirm={onConfirm}
    />
  );
}
