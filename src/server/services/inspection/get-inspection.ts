import type { InspectionView } from "@/contracts/service";
import { AppError } from "@/domain/errors";
import type { ServiceContext } from "@/server/context";

export async function getInspection(_ctx: ServiceContext, _inspectionId: string): Promise<InspectionView> {
  throw new AppError("unexpected", { message: "not there yet" });
}
