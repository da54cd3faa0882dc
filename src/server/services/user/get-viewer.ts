import type { ViewerView } from "@/contracts/project";
import { AppError } from "@/domain/errors";
import type { UserContext } from "@/server/context";

export async function getViewer(_ctx: UserContext): Promise<ViewerView> {
  throw new AppError("unexpected", { message: "not there yet" });
}
