import { AppError } from "@/domain/errors";
import type { UserContext } from "@/server/context";

export async function revokeSession(_ctx: UserContext, _input: { sessionId: string }): Promise<{ id: string }> {
  throw new AppError("unexpected", { message: "not there yet" });
}
