import type { InspectRepositoryInput } from "@/contracts/service";
import { AppError } from "@/domain/errors";
import type { OrganizationContext } from "@/server/context";

export async function createInspection(
  _ctx: OrganizationContext,
  _input: InspectRepositoryInput,
): Promise<{ id: string }> {
  throw new AppError("unexpected", { message: "not there yet" });
}
