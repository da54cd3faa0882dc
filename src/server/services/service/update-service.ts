import type { UpdateServiceInput } from "@/contracts/service";
import { AppError } from "@/domain/errors";
import type { OrganizationContext } from "@/server/context";

export async function updateService(_ctx: OrganizationContext, _input: UpdateServiceInput): Promise<{ id: string }> {
  throw new AppError("unexpected", { message: "not there yet" });
}
