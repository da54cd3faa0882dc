import { and, eq, gt, isNull } from "drizzle-orm";
import { AppError } from "@/domain/errors";
import type { ServiceContext, UserActor } from "@/server/context";
import { sessions } from "@/server/db/schema";

/**
 * A signal that aborts with the request, or with an AppError (unauthenticated) as soon as the session is revoked:
 * a stream must not outlive the right to read it. Listens until it aborts.
 */
export function sessionSignal(context: ServiceContext, actor: UserActor, request: AbortSignal): AbortSignal {
  const { changes, log } = context;
  const ended = new AbortController();
  const signal = AbortSignal.any([request, ended.signal]);
  function check(): void {
    isOpen(context, actor.sessionId).then(
      (open) => {
        if (!open) ended.abort(new AppError("unauthenticated"));
      },
      (error: unknown) => log.warn({ err: error }, "checking a session failed; its streams go on until the next hint"),
    );
  }
  const stops = [
    changes.onEvent((event) => {
      if (event.type === "session" && event.sessionId === actor.sessionId) check();
    }),
    changes.onResync(check),
  ];
  signal.addEventListener("abort", () => {
    for (const stop of stops) stop();
  });
  return signal;
}

async function isOpen({ db, clock }: ServiceContext, sessionId: string): Promise<boolean> {
  const [row] = await db
    .select({ id: sessions.id })
    .from(sessions)
    .where(and(eq(sessions.id, sessionId), isNull(sessions.revokedAt), gt(sessions.expiresAt, clock.now())));
  return row !== undefined;
}
