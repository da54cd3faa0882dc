import { randomBytes } from "node:crypto";
import { and, eq } from "drizzle-orm";
import { AppError } from "@/domain/errors";
import { platformHost } from "@/domain/naming";
import type { Tx } from "@/server/db/client";
import { services } from "@/server/db/schema";

type NewService = Omit<typeof services.$inferInsert, "platformHost">;
type Place = { project: string; environment: string; baseDomain: string };

const attempts = 5;

/**
 * Inserts the service with the host name its names make. Where that host is taken ("a-b" of "c" and "a" of "b-c" make
 * the same, as do two organizations with like names) a random ending sets it apart. Throws name_taken where the
 * environment has a service of this slug.
 */
export async function insertWithFreeHost(tx: Tx, service: NewService, place: Place): Promise<void> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const name = attempt === 0 ? service.slug : `${randomBytes(2).toString("hex")}-${service.slug}`;
    const host = platformHost({ ...place, service: name });
    const inserted = await tx
      .insert(services)
      .values({ ...service, platformHost: host })
      .onConflictDoNothing()
      .returning({ id: services.id });
    if (inserted.length > 0) return;
    await refuseTakenName(tx, service);
  }
  throw new AppError("unexpected", { message: `no free host name in ${attempts} attempts` });
}

async function refuseTakenName(tx: Tx, service: NewService): Promise<void> {
  const [taken] = await tx
    .select({ id: services.id })
    .from(services)
    .where(and(eq(services.environmentId, service.environmentId), eq(services.slug, service.slug)));
  if (!taken) return;
  const message = "A service of this name, or one that differs in signs only, is already there.";
  throw new AppError("name_taken", { message, details: { fields: { name: message } } });
}
