import { and, desc, eq, lt, sql } from "drizzle-orm";
import { z } from "zod";
import type { Page } from "@/contracts/common";
import type { DeploymentSummary, ListDeploymentsInput } from "@/contracts/deployment";
import { AppError } from "@/domain/errors";
import type { ServiceContext } from "@/server/context";
import { deployments, services, users } from "@/server/db/schema";
import { readWaiting } from "@/server/services/build-queue/read-waiting";
import { prepared } from "@/server/services/prepared";
import {
  isRolledBackTo,
  isSupersededBy,
  rolledBackTo,
  summaryColumns,
  supersededBy,
  toDeploymentSummary,
} from "./deployment-summary";

const statement = prepared((db) =>
  db
    .select(summaryColumns)
    .from(deployments)
    .innerJoin(services, eq(services.id, deployments.serviceId))
    .leftJoin(users, eq(users.id, deployments.createdByUserId))
    .leftJoin(rolledBackTo, isRolledBackTo)
    .leftJoin(supersededBy, isSupersededBy)
    .where(
      and(
        eq(deployments.serviceId, sql.placeholder("serviceId")),
        lt(deployments.number, sql.placeholder("beforeNumber")),
      ),
    )
    .orderBy(desc(deployments.number))
    .limit(sql.placeholder("rows"))
    .prepare("list_deployments"),
);

const largestNumber = 2 ** 31 - 1;
const cursorSchema = z.coerce.number().int().min(1).max(largestNumber);

/** Deployments of a service, newest first. The cursor is the last number shown. Throws invalid_input for another one. */
export async function listDeployments(
  { db }: ServiceContext,
  input: ListDeploymentsInput,
): Promise<Page<DeploymentSummary>> {
  const rows = await statement(db).execute({
    serviceId: input.serviceId,
    beforeNumber: readCursor(input.cursor),
    rows: input.limit + 1,
  });
  const shown = rows.slice(0, input.limit);
  const queued = shown.filter(({ status }) => status === "queued").map(({ id }) => id);
  const waiting = await readWaiting({ db }, queued);
  const items = shown.map((row) => toDeploymentSummary(row, waiting.get(row.id) ?? null));
  return { items, nextCursor: rows.length > input.limit ? String(items.at(-1)?.number) : null };
}

function readCursor(cursor: string | null | undefined): number {
  if (cursor === null || cursor === undefined) return largestNumber;
  const parsed = cursorSchema.safeParse(cursor);
  if (parsed.success) return parsed.data;
  throw new AppError("invalid_input", { details: { fields: { cursor: "This is not a valid cursor." } } });
}
