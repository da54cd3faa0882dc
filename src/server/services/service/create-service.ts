import type { CreatedService, CreateServiceInput } from "@/contracts/service";
import { AppError } from "@/domain/errors";
import type { OrganizationContext } from "@/server/context";

export async function createService(_ctx: OrganizationContext, _input: CreateServiceInput): Promise<CreatedService> {
  throw new AppError("unexpected", { message: "not there yet" });
}
