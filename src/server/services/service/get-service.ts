import type { ServiceView } from "@/contracts/service";
import { AppError } from "@/domain/errors";
import type { ServiceContext } from "@/server/context";

export async function getService(_ctx: ServiceContext, _serviceId: string): Promise<ServiceView> {
  throw new AppError("unexpected", { message: "not there yet" });
}
