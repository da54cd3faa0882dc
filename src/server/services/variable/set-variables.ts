import type { SetVariablesInput, VariableView } from "@/contracts/service";
import { AppError } from "@/domain/errors";
import type { OrganizationContext } from "@/server/context";

export async function setVariables(_ctx: OrganizationContext, _input: SetVariablesInput): Promise<VariableView[]> {
  throw new AppError("unexpected", { message: "not there yet" });
}
