import type { DeleteServiceInput } from "@/contracts/service";
import { AppError } from "@/domain/errors";
import type { OrganizationContext } from "@/server/context";

export async function deleteService(_ctx: OrganizationContext, _input: DeleteServiceInput): Promise<{ id: string }> {
  throw new AppError("unexpected", { message: "not there yet" });
}
