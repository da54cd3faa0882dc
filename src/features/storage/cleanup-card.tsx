"use client";

import { useState } from "react";
import { ErrorNotice } from "@/features/api/error-notice";
import type { Cleanup, Storage } from "@/features/api/outputs";
import { formatBytes } from "@/features/services/amounts";
import { useCan } from "@/features/session/viewer-context";
import { Button } from "@/ui/button";
import { Card, CardBody, CardHeader } from "@/ui/card";
import { ConfirmDialog } from "@/ui/confirm-dialog";
import { RelativeTime } from "@/ui/relative-time";
import { CleanupItems } from "./cleanup-items";
import { useStorageActions } from "./use-storage";

type CleanupCardProps = { organizationId: string; storage: Storage; cleanups: readonly Cleanup[] };

/** What a cleanup would remove now, and the button that does it. */
export function CleanupCard({ organizationId, storage, cleanups }: CleanupCardProps) {
  const allowed = useCan(organizationId);
  const actions = useStorageActions(organizationId);
  const [confirming, setConfirming] = useState(false);
  const preview = cleanups.find((one) => one.mode === "preview");
  const looking = actions.asksForPreview || (preview !== undefined && preview.status !== "done");
  const cleaning = actions.asksForClean || cleanups.some((one) => one.mode === "clean" && one.status !== "done");
  return (
    <Card aria-labelledby="cleanup">
      <CardHeader
        id="cleanup"
        title="Cleanup"
        description={<Policy policy={storage.policy} />}
        actions={
          <>
            <Button onClick={actions.preview} pending={looking}>
              {looking ? "Looking" : "Preview"}
            </Button>
            {allowed("storage.clean") && (
              <Button variant="primary" onClick={() => setConfirming(true)} pending={cleaning}>
                {cleaning ? "Cleaning" : "Clean now"}
              </Button>
            )}
          </>
        }
      />
      {preview?.status === "done" ? (
        <Preview organizationId={organizationId} preview={preview} />
      ) : (
        <CardBody className="text-muted">
          The preview lists each image, repository copy and log that would be removed, and why. It changes nothing.
        </CardBody>
      )}
      <ConfirmDialog
        open={confirming}
        onOpenChange={setConfirming}
        title="Clean up now?"
        description={
          <p>
            Removes what the preview names, as it stands now. Images that answer requests, that a service may go back
            to, or that others built are never touched.
          </p>
        }
        tone="primary"
        confirmLabel="Clean now"
        onConfirm={() => {
          setConfirming(false);
          actions.clean();
        }}
      />
    </Card>
  );
}

function Preview({ organizationId, preview }: { organizationId: string; preview: Cleanup }) {
  return (
    <>
      <CardBody className="flex flex-col gap-3 pb-2">
        <p className="text-muted text-sm">
          {preview.counts.planned === 0 ? "Nothing would be removed" : `${preview.counts.planned} would be removed`},
          looked at <RelativeTime at={preview.finishedAt ?? preview.createdAt} />.
        </p>
        {preview.error && <ErrorNotice error={preview.error} />}
      </CardBody>
      <CleanupItems
        organizationId={organizationId}
        cleanupId={preview.id}
        label="What would be removed, and what stays"
      />
    </>
  );
}

function Policy({ policy }: { policy: Storage["policy"] }) {
  return (
    <>
      Runs every night. Images older than {policy.imageDays} days and logs older than {policy.logDays} days are removed;
      the live image and the last {policy.imagesPerService} of each service always stay. The build cache, which all
      builds on this Docker Engine share, is pruned to {formatBytes(policy.buildCacheBytes)}.
    </>
  );
}
