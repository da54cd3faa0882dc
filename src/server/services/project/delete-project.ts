import type { DeleteProjectInput } from "@/contracts/project";
import { AppError } from "@/domain/errors";
import type { OrganizationContext } from "@/server/context";

export async function deleteProject(_ctx: OrganizationContext, _input: DeleteProjectInput): Promise<{ id: string }> {
  throw new AppError("unexpected", { message: "not there yet" });
}
