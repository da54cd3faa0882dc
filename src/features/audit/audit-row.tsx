import Link from "next/link";
import type { AuditEntry } from "@/features/api/outputs";
import { CodeBlock } from "@/ui/code-block";
import { Disclosure } from "@/ui/disclosure";
import { ExactTime } from "@/ui/exact-time";
import { RelativeTime } from "@/ui/relative-time";
import { describeAction, describeActor, describeResource } from "./describe-entry";

export function AuditRow({ entry }: { entry: AuditEntry }) {
  const { resource, detail } = entry;
  const name = describeResource(entry);
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-4 gap-y-1 px-4 py-3">
      <p className="min-w-0 break-words">
        <span className="font-medium">{describeActor(entry)}</span> {describeAction(entry)}{" "}
        {resource.path ? (
          <Link className="font-medium underline decoration-border-strong underline-offset-2" href={resource.path}>
            {name}
          </Link>
        ) : (
          <span className="font-medium">{name}</span>
        )}
      </p>
      <RelativeTime at={entry.at} className="text-subtle text-xs" />
      <Disclosure summary="Details" className="col-span-2 text-muted text-xs">
        <dl className="flex flex-col gap-1">
          <Fact label="When">
            <ExactTime at={entry.at} />
          </Fact>
          {entry.actor.email && <Fact label="Who">{entry.actor.email}</Fact>}
          {entry.address && <Fact label="From">{entry.address}</Fact>}
          <Fact label="What">
            {entry.action} {resource.id}
          </Fact>
        </dl>
        {Object.keys(detail).length > 0 && (
          <CodeBlock label="What changed" code={JSON.stringify(detail, null, 2)} className="mt-2" />
        )}
      </Disclosure>
    </li>
  );
}

function Fact({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <div className="flex gap-2">
      <dt className="w-14 shrink-0 text-subtle">{label}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </div>
  );
}
