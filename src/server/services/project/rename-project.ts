import type { RenameProjectInput } from "@/contracts/project";
import { AppError } from "@/domain/errors";
import type { OrganizationContext } from "@/server/context";

export async function renameProject(_ctx: OrganizationContext, _input: RenameProjectInput): Promise<{ id: string }> {
  throw new AppError("unexpected", { message: "not there yet" });
}
