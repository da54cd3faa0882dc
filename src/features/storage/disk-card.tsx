"use client";

import { usedPercent } from "@/domain/disk";
import type { Storage } from "@/features/api/outputs";
import { formatBytes } from "@/features/services/amounts";
import { Card, CardBody, CardHeader } from "@/ui/card";
import { cn } from "@/ui/cn";
import { RelativeTime } from "@/ui/relative-time";
import { Status } from "@/ui/status";
import { type Tone, toneClasses } from "@/ui/tone";

type Disk = Storage["disks"][number];

const placeLabels: Record<Disk["place"], string> = {
  engine: "Docker Engine: images, containers, build cache",
  data: "Data directory: repositories, checkouts",
  database: "Database",
};
const levels: Record<Disk["level"], { tone: Tone; label: string }> = {
  ok: { tone: "good", label: "Enough room" },
  clean: { tone: "waiting", label: "Nearly full" },
  refuse: { tone: "bad", label: "Too full to build" },
};

export function DiskCard({ storage }: { storage: Storage }) {
  const { disks, checkedAt, marks } = storage;
  return (
    <Card aria-labelledby="disks">
      <CardHeader
        id="disks"
        title="Disks"
        description={
          <>
            A cleanup starts by itself at {describeMark(marks.clean)}. At {describeMark(marks.refuse)} new builds and
            pulls are refused; what runs goes on running.
          </>
        }
      />
      <CardBody className="flex flex-col gap-4">
        {disks.length === 0 && <p className="text-muted">No worker has looked at a disk of this machine yet.</p>}
        {disks.map((disk) => (
          <DiskMeter key={disk.place} disk={disk} />
        ))}
        {checkedAt && (
          <p className="text-subtle text-xs">
            Checked <RelativeTime at={checkedAt} />. Disks of other machines are not watched.
          </p>
        )}
      </CardBody>
    </Card>
  );
}

/** "85%" is so much used, "10GB" so much free. */
function describeMark(mark: string): string {
  return mark.endsWith("%") ? `${mark} used` : `${mark.replace("GB", " GiB")} free`;
}

function DiskMeter({ disk }: { disk: Disk }) {
  const percent = Math.round(usedPercent(disk));
  const { tone, label } = levels[disk.level];
  return (
    <div className="flex flex-col gap-1.5">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <span className="font-medium">{placeLabels[disk.place]}</span>
        <Status tone={tone} label={label} className="text-sm" />
      </div>
      <div aria-hidden className="h-2 overflow-hidden rounded-full bg-sunken">
        <div
          className={cn("h-full rounded-full bg-current", toneClasses[tone].mark)}
          style={{ width: `${Math.max(1, percent)}%` }}
        />
      </div>
      <p className="tabular text-muted text-xs">
        {percent}% used, {formatBytes(disk.freeBytes)} of {formatBytes(disk.totalBytes)} free
      </p>
    </div>
  );
}
