import { eq } from "drizzle-orm";
import type { InspectionView } from "@/contracts/service";
import { AppError } from "@/domain/errors";
import type { ServiceContext } from "@/server/context";
import { inspections } from "@/server/db/schema";

/** Throws not_found. */
export async function getInspection({ db }: Pick<ServiceContext, "db">, inspectionId: string): Promise<InspectionView> {
  const [inspection] = await db
    .select({
      id: inspections.id,
      status: inspections.status,
      result: inspections.result,
      error: inspections.error,
    })
    .from(inspections)
    .where(eq(inspections.id, inspectionId));
  if (!inspection) throw new AppError("not_found");
  return inspection;
}
