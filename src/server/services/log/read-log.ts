import type { LogPage, ReadLogInput } from "@/contracts/deployment";
import { AppError } from "@/domain/errors";
import type { ServiceContext } from "@/server/context";

export async function readLog(_ctx: ServiceContext, _input: ReadLogInput): Promise<LogPage> {
  throw new AppError("unexpected", { message: "not there yet" });
}
