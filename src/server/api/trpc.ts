/**
 * Permission is declared, never checked in a body: a procedure starts with `authorized(permission, scope)`,
 * `signedIn` or `publicProcedure(reason)`, and there is no other way to make one. The declaration stays on the
 * procedure as metadata, which the permission matrix walks.
 */
import { initTRPC } from "@trpc/server";
import { TRPC_ERROR_CODES_BY_KEY } from "@trpc/server/rpc";
import { AppError } from "@/domain/errors";
import { can, type Permission } from "@/domain/permissions";
import type { OrganizationContext } from "@/server/context";
import type { OrganizationAccess } from "@/server/services/access/find-organization-access";
import { findRoleEnd } from "@/server/services/access/find-role-end";
import { guardStream, type StreamGuard } from "@/server/services/session/guard-stream";
import type { ApiContext } from "./context";
import { toErrorData, toTrpcError } from "./errors";
import type { Scope } from "./scopes";

export type Declaration =
  | { access: "public"; reason: string }
  | { access: "signed-in" }
  | { access: "permission"; permission: Permission; scopeField: string };

const pingMs = 10_000;
// A stream that lives long is cut and opened anew by the browser, which has it authorised anew.
const longestStreamMs = 3_600_000;

const t = initTRPC
  .context<ApiContext>()
  .meta<Declaration>()
  .create({
    errorFormatter: ({ shape, error, ctx }) => {
      // What a stream throws comes here as it was thrown: only now is it told apart from a failure of ours.
      const known = toTrpcError(error);
      const data = toErrorData(known, ctx?.requestId ?? "");
      return { ...shape, code: TRPC_ERROR_CODES_BY_KEY[known.code], message: data.message, data };
    },
    // Twice missed pings: the client reconnects, and resumes from the last id it has.
    sse: {
      ping: { enabled: true, intervalMs: pingMs },
      client: { reconnectAfterInactivityMs: 2.5 * pingMs },
      maxDurationMs: longestStreamMs,
    },
  });

export const router = t.router;
export const createCallerFactory = t.createCallerFactory;

const procedure = t.procedure.use(async ({ next }) => {
  const result = await next();
  if (!result.ok) throw toTrpcError(result.error);
  return result;
});

/** For what anyone may ask without signing in; says why. */
export function publicProcedure(reason: string) {
  return procedure.meta({ access: "public", reason });
}

/** For what concerns the signed-in person alone. `signal`: ends with the request, the session and this process. */
export const signedIn = procedure.meta({ access: "signed-in" }).use(async ({ ctx, next, signal, type }) => {
  const actor = await ctx.findActor();
  if (!actor) throw new AppError("unauthenticated");
  if (type !== "subscription") return next({ ctx: { actor, signal: signal ?? ctx.shutdown } });
  const guard = guardStream(ctx, actor, signal ? [signal, ctx.shutdown] : [ctx.shutdown]);
  return endWith(guard, await next({ ctx: { actor, signal: guard.signal } }));
});

/** Ends the guard with the stream that it watches over. */
function endWith<Result extends { ok: boolean; data?: unknown }>(guard: StreamGuard, result: Result): Result {
  if (result.ok && isAsyncIterable(result.data)) return { ...result, data: closeAfter(result.data, guard) };
  guard.close();
  return result;
}

async function* closeAfter(stream: AsyncIterable<unknown>, guard: StreamGuard): AsyncGenerator<unknown, void> {
  try {
    yield* stream;
  } finally {
    guard.close();
  }
}

function isAsyncIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === "object" && value !== null && Symbol.asyncIterator in value;
}

/** For what happens in an organization: resolves the scope's resource, then asks the permission table. */
export function authorized<Access extends OrganizationAccess>(permission: Permission, scope: Scope<Access>) {
  return signedIn
    .meta({ access: "permission", permission, scopeField: scope.field })
    .use(async ({ ctx, next, getRawInput, type }) => {
      const access = await scope.find(ctx, ctx.actor, scope.readId(await getRawInput()));
      if (!access) throw new AppError("not_found");
      if (!can(access.role, permission)) throw new AppError("forbidden");
      const added: { access: Access; organizationId: OrganizationContext["organizationId"] } = {
        access,
        organizationId: access.organizationId,
      };
      if (type !== "subscription") return next({ ctx: { ...added, signal: ctx.signal } });
      const guard = guardStream(ctx, ctx.actor, [ctx.signal], findRoleEnd(access.organizationId, permission));
      return endWith(guard, await next({ ctx: { ...added, signal: guard.signal } }));
    });
}
