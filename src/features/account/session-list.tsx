"use client";

import { Monitor, Smartphone } from "lucide-react";
import type { Session } from "@/features/api/outputs";
import { Badge } from "@/ui/badge";
import { Button } from "@/ui/button";
import { Card, CardHeader } from "@/ui/card";
import { RelativeTime } from "@/ui/relative-time";
import { describeUserAgent } from "./describe-user-agent";
import { useRevokeSessions } from "./use-revoke-sessions";

export function SessionList({ sessions }: { sessions: readonly Session[] }) {
  const { revoke, revokeOthers, revokingOthers } = useRevokeSessions();
  const hasOthers = sessions.some((session) => !session.current);
  return (
    <Card aria-labelledby="sessions">
      <CardHeader
        id="sessions"
        title="Sessions"
        description="Where you are signed in. A session that you end is over at once."
        actions={
          hasOthers && (
            <Button variant="danger-quiet" onClick={revokeOthers} pending={revokingOthers}>
              End all others
            </Button>
          )
        }
      />
      <ul className="divide-y">
        {sessions.map((session) => (
          <SessionRow key={session.id} session={session} onRevoke={revoke} />
        ))}
      </ul>
    </Card>
  );
}

function SessionRow({ session, onRevoke }: { session: Session; onRevoke: (sessionId: string) => void }) {
  const device = describeUserAgent(session.userAgent);
  const Icon = /iPhone|Android/.test(device) ? Smartphone : Monitor;
  return (
    <li className="flex items-center gap-3 px-4 py-3">
      <Icon aria-hidden className="size-5 shrink-0 text-subtle" />
      <div className="flex min-w-0 flex-1 flex-col gap-0.5">
        <span className="flex flex-wrap items-center gap-2 font-medium">
          {device}
          {session.current && <Badge tone="good">This session</Badge>}
        </span>
        <span className="flex flex-wrap gap-x-3 text-muted text-xs">
          {session.address && <span>{session.address}</span>}
          <span>
            Last seen <RelativeTime at={session.lastSeenAt} />
          </span>
          <span>
            Signed in <RelativeTime at={session.createdAt} />
          </span>
        </span>
      </div>
      {!session.current && (
        <Button size="sm" aria-label={`End the session: ${device}`} onClick={() => onRevoke(session.id)}>
          End
        </Button>
      )}
    </li>
  );
}
