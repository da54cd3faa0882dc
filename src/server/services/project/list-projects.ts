import type { Page } from "@/contracts/common";
import type { ListProjectsInput, ProjectSummary } from "@/contracts/project";
import { AppError } from "@/domain/errors";
import type { ServiceContext } from "@/server/context";

export async function listProjects(_ctx: ServiceContext, _input: ListProjectsInput): Promise<Page<ProjectSummary>> {
  throw new AppError("unexpected", { message: "not there yet" });
}
