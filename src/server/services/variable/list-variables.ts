import type { VariableView } from "@/contracts/service";
import { AppError } from "@/domain/errors";
import type { ServiceContext } from "@/server/context";

export async function listVariables(_ctx: ServiceContext, _serviceId: string): Promise<VariableView[]> {
  throw new AppError("unexpected", { message: "not there yet" });
}
