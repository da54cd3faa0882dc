import type { ChangeTick } from "@/contracts/change";
import { AppError } from "@/domain/errors";
import type { ServiceContext } from "@/server/context";

export function watchProject(
  _ctx: ServiceContext,
  _projectId: string,
  _signal: AbortSignal,
): AsyncGenerator<ChangeTick> {
  throw new AppError("unexpected", { message: "not there yet" });
}
