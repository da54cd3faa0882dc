import type { Page } from "@/contracts/common";
import type { ListOrganizationServicesInput, OrganizationServiceSummary } from "@/contracts/service";
import { AppError } from "@/domain/errors";
import type { ServiceContext } from "@/server/context";

export async function listOrganizationServices(
  _ctx: ServiceContext,
  _input: ListOrganizationServicesInput,
): Promise<Page<OrganizationServiceSummary>> {
  throw new AppError("unexpected", { message: "not there yet" });
}
