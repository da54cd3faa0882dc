import { AppError } from "@/domain/errors";
import type { UserContext } from "@/server/context";

export async function revokeOtherSessions(_ctx: UserContext): Promise<{ revoked: number }> {
  throw new AppError("unexpected", { message: "not there yet" });
}
