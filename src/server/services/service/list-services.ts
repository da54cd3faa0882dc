import type { Page } from "@/contracts/common";
import type { ListServicesInput, ServiceSummary } from "@/contracts/service";
import { AppError } from "@/domain/errors";
import type { ServiceContext } from "@/server/context";

export async function listServices(_ctx: ServiceContext, _input: ListServicesInput): Promise<Page<ServiceSummary>> {
  throw new AppError("unexpected", { message: "not there yet" });
}
