import type { ServiceContext, UserActor } from "@/server/context";

export function sessionSignal(_ctx: ServiceContext, _actor: UserActor, signal: AbortSignal): AbortSignal {
  return signal;
}
