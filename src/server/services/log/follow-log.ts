import type { FollowLogInput, LogBatch } from "@/contracts/deployment";
import { AppError } from "@/domain/errors";
import type { ServiceContext } from "@/server/context";

export function followLog(
  _ctx: ServiceContext,
  _input: FollowLogInput,
  _signal: AbortSignal,
): AsyncGenerator<LogBatch> {
  throw new AppError("unexpected", { message: "not there yet" });
}
