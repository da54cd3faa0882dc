import type { SessionView } from "@/contracts/account";
import { AppError } from "@/domain/errors";
import type { UserContext } from "@/server/context";

export async function listSessions(_ctx: UserContext): Promise<SessionView[]> {
  throw new AppError("unexpected", { message: "not there yet" });
}
