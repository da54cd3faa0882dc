import { eq } from "drizzle-orm";
import { AppError, isAppError } from "@/domain/errors";
import type { Stray } from "@/domain/strays";
import type { WorkerContext } from "@/server/context";
import { strays } from "@/server/db/schema";
import { notify } from "@/server/events";
import { findStraysNow } from "./find-strays";

/**
 * Removes what somebody said may go, where it is there and still belongs to nobody. Where the Engine refuses, its row says
 * why. May run twice. Throws engine_unavailable.
 */
export async function removeStray(context: WorkerContext, strayId: string): Promise<void> {
  const { db } = context;
  const [row] = await db.select().from(strays).where(eq(strays.id, strayId));
  if (row?.removalRequestedAt == null) return;
  const found = (await findStraysNow(context)).find((one) => one.kind === row.kind && one.name === row.name);
  const failure = found ? await remove(context, found) : null;
  await db.transaction(async (tx) => {
    if (failure) await tx.update(strays).set({ error: failure.toRecord() }).where(eq(strays.id, strayId));
    else await tx.delete(strays).where(eq(strays.id, strayId));
    await notify(tx, { type: "storage" });
  });
}

async function remove({ engine, config, log }: WorkerContext, { kind, name }: Stray): Promise<AppError | null> {
  log.info({ kind, name }, "removing a stray, as somebody asked for");
  try {
    if (kind === "image") await engine.removeImage(name);
    else if (kind === "network") await engine.removeNetwork(name);
    else {
      await engine.stopContainer(name, config.deploy.stopGraceSeconds);
      await engine.removeContainer(name);
    }
    return null;
  } catch (error) {
    if (isAppError(error, "engine_unavailable")) throw error;
    return isAppError(error) ? error : new AppError("unexpected", { cause: error });
  }
}
