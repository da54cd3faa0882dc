import type { ProjectView } from "@/contracts/project";
import { AppError } from "@/domain/errors";
import type { ServiceContext } from "@/server/context";

export async function getProject(_ctx: ServiceContext, _projectId: string): Promise<ProjectView> {
  throw new AppError("unexpected", { message: "not there yet" });
}
