"use client";

import Link from "next/link";
import type { Platform } from "@/features/api/outputs";
import { useMaySeeStorage } from "@/features/session/viewer-context";
import { Button } from "@/ui/button";
import { Notice } from "@/ui/notice";
import { RelativeTime } from "@/ui/relative-time";
import { NoWorkerNotice } from "./no-worker-notice";
import { usePlatform } from "./use-platform";

/** Above every page: what is the matter with the platform itself. Each goes by itself. */
export function PlatformNotices() {
  const platform = usePlatform();
  return (
    <>
      <NoWorkerNotice />
      <div role="status" className="mx-auto flex w-full max-w-6xl flex-col gap-3 px-4 pt-6 empty:hidden sm:px-6">
        {platform?.engineUnreachableSince && <EngineNotice since={platform.engineUnreachableSince} />}
        {platform?.fullDisk && <DiskNotice disk={platform.fullDisk} />}
      </div>
    </>
  );
}

function EngineNotice({ since }: { since: string }) {
  return (
    <Notice tone="waiting" title="The Docker Engine cannot be reached">
      Since <RelativeTime at={since} />. What is shown of containers is what was last seen; what runs may go on running.
      Deployments wait for it.
    </Notice>
  );
}

const places: Record<NonNullable<Platform["fullDisk"]>["place"], string> = {
  engine: "The disk of the Docker Engine",
  data: "The disk of the data directory",
  database: "The disk of the database",
};

function DiskNotice({ disk }: { disk: NonNullable<Platform["fullDisk"]> }) {
  const maySeeStorage = useMaySeeStorage();
  const refuses = disk.level === "refuse";
  return (
    <Notice
      tone={refuses ? "bad" : "waiting"}
      title={`${places[disk.place]} is ${disk.usedPercent}% full${refuses ? ", so nothing new is built" : ""}`}
      actions={
        maySeeStorage && (
          <Button asChild>
            <Link href="/settings/storage">See what can go</Link>
          </Button>
        )
      }
    >
      {refuses
        ? "New builds and pulls are refused. What is online stays online; rolling back and restarting work."
        : "The platform removes what nobody needs any more by itself."}
    </Notice>
  );
}
