import { and, eq, gt, isNull } from "drizzle-orm";
import { AppError } from "@/domain/errors";
import type { ServiceContext, UserActor } from "@/server/context";
import { sessions } from "@/server/db/schema";

export type StreamGuard = {
  /** Aborts with the first of the ends, or with what `findEnd` answers. */
  signal: AbortSignal;
  /** Stops listening: for the one that ends by itself. Safe to call twice. */
  close(): void;
};

/** Why a person may not read on, or null; asked anew whenever something about their session changed. */
export type FindEnd = (context: ServiceContext, actor: UserActor) => Promise<AppError | null>;

/**
 * Watches over a stream to a person: it must not outlive the right to read it. `ends`: what else ends it, such as its
 * request; `findEnd`: by default asks whether the session is over (unauthenticated). The caller closes it, or one of the ends aborts.
 */
export function guardStream(
  context: ServiceContext,
  actor: UserActor,
  ends: AbortSignal[],
  findEnd: FindEnd = findSessionEnd,
): StreamGuard {
  const { changes, log } = context;
  const guard = new AbortController();

  function check(): void {
    findEnd(context, actor).then(
      (over) => {
        if (over) end(over);
      },
      (error: unknown) => log.warn({ err: error }, "checking a session failed; its streams go on until the next hint"),
    );
  }
  const stops = [
    changes.onEvent((event) => {
      if (event.type === "session" && event.sessionId === actor.sessionId) check();
    }),
    changes.onResync(check),
    ...ends.map((signal) => {
      const onAbort = () => end(signal.reason);
      signal.addEventListener("abort", onAbort, { once: true });
      return () => signal.removeEventListener("abort", onAbort);
    }),
  ];
  function close(): void {
    for (const stop of stops.splice(0)) stop();
  }
  function end(reason: unknown): void {
    close();
    guard.abort(reason);
  }
  const over = ends.find((signal) => signal.aborted);
  if (over) end(over.reason);
  return { signal: guard.signal, close };
}

async function findSessionEnd({ db, clock }: ServiceContext, { sessionId }: UserActor): Promise<AppError | null> {
  const [row] = await db
    .select({ id: sessions.id })
    .from(sessions)
    .where(and(eq(sessions.id, sessionId), isNull(sessions.revokedAt), gt(sessions.expiresAt, clock.now())));
  return row ? null : new AppError("unauthenticated");
}
