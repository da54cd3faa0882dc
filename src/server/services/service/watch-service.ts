import type { ChangeTick } from "@/contracts/change";
import { AppError } from "@/domain/errors";
import type { ServiceContext } from "@/server/context";

export function watchService(
  _ctx: ServiceContext,
  _serviceId: string,
  _signal: AbortSignal,
): AsyncGenerator<ChangeTick> {
  throw new AppError("unexpected", { message: "not there yet" });
}
