import type { CreateProjectInput, ProjectView } from "@/contracts/project";
import { AppError } from "@/domain/errors";
import type { OrganizationContext } from "@/server/context";

export async function createProject(_ctx: OrganizationContext, _input: CreateProjectInput): Promise<ProjectView> {
  throw new AppError("unexpected", { message: "not there yet" });
}
