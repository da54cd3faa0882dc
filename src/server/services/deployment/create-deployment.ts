import type { CreateDeploymentInput, CreatedDeployment } from "@/contracts/deployment";
import { AppError } from "@/domain/errors";
import type { OrganizationContext } from "@/server/context";

export async function createDeployment(
  _ctx: OrganizationContext,
  _input: CreateDeploymentInput & { trigger: "manual" | "settings" | "first-run" | "push" | "api" },
): Promise<CreatedDeployment> {
  throw new AppError("unexpected", { message: "not there yet" });
}
