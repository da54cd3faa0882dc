import type { InspectionView } from "@/contracts/service";
import { AppError } from "@/domain/errors";
import type { ServiceContext } from "@/server/context";

export function watchInspection(
  _ctx: ServiceContext,
  _inspectionId: string,
  _signal: AbortSignal,
): AsyncGenerator<InspectionView> {
  throw new AppError("unexpected", { message: "not there yet" });
}
