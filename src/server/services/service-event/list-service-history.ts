import { and, desc, eq, sql } from "drizzle-orm";
import type { Page } from "@/contracts/common";
import type { HistoryItem, ListServiceHistoryInput, ServiceEventView } from "@/contracts/service-history";
import type { ServiceContext } from "@/server/context";
import { deployments, serviceEvents, services, users } from "@/server/db/schema";
import { readWaiting } from "@/server/services/build-queue/read-waiting";
import {
  isRolledBackTo,
  isSupersededBy,
  rolledBackTo,
  summaryColumns,
  supersededBy,
  toDeploymentSummary,
} from "@/server/services/deployment/deployment-summary";
import { microsOf, type Position, pageStart, toPage } from "@/server/services/pages";
import { prepared } from "@/server/services/prepared";

type Place = { serviceId: string; beforeAt: string; beforeId: string; rows: number };
type Row = Position & { item: HistoryItem };

const before = sql`(${sql.placeholder("beforeAt")}::timestamptz, ${sql.placeholder("beforeId")})`;

const eventStatement = prepared((db) =>
  db
    .select({ event: serviceEvents, micros: microsOf(serviceEvents.at), byName: users.name })
    .from(serviceEvents)
    .leftJoin(users, eq(users.id, sql`${serviceEvents.details} ->> 'byUserId'`))
    .where(
      and(
        eq(serviceEvents.serviceId, sql.placeholder("serviceId")),
        sql`(${serviceEvents.at}, ${serviceEvents.id}) < ${before}`,
      ),
    )
    .orderBy(desc(serviceEvents.at), desc(serviceEvents.id))
    .limit(sql.placeholder("rows"))
    .prepare("list_service_events"),
);

const deploymentStatement = prepared((db) =>
  db
    .select({ ...summaryColumns, micros: microsOf(deployments.createdAt) })
    .from(deployments)
    .innerJoin(services, eq(services.id, deployments.serviceId))
    .leftJoin(users, eq(users.id, deployments.createdByUserId))
    .leftJoin(rolledBackTo, isRolledBackTo)
    .leftJoin(supersededBy, isSupersededBy)
    .where(
      and(
        eq(deployments.serviceId, sql.placeholder("serviceId")),
        sql`(${deployments.createdAt}, ${deployments.id}) < ${before}`,
      ),
    )
    .orderBy(desc(deployments.createdAt), desc(deployments.id))
    .limit(sql.placeholder("rows"))
    .prepare("list_history_deployments"),
);

/** Deployments of a service and what happened beside them, newest first. Throws invalid_input for a foreign cursor. */
export async function listServiceHistory(
  { db }: Pick<ServiceContext, "db">,
  { serviceId, cursor, limit }: ListServiceHistoryInput,
): Promise<Page<HistoryItem>> {
  const place = { serviceId, ...pageStart(cursor), rows: limit + 1 };
  const [made, happened] = await Promise.all([listDeployments(db, place), listEvents(db, place)]);
  const newest = [...made, ...happened].sort((a, b) => b.micros - a.micros || (a.id < b.id ? 1 : -1));
  return toPage(newest, limit, (row) => row.item);
}

async function listDeployments(db: ServiceContext["db"], place: Place): Promise<Row[]> {
  const rows = await deploymentStatement(db).execute(place);
  const queued = rows.filter(({ status }) => status === "queued").map(({ id }) => id);
  const waiting = await readWaiting({ db }, queued);
  return rows.map(({ micros, ...row }) => {
    const deployment = toDeploymentSummary(row, waiting.get(row.id) ?? null);
    return { micros, id: row.id, item: { type: "deployment", id: row.id, at: row.createdAt, deployment } };
  });
}

async function listEvents(db: ServiceContext["db"], place: Place): Promise<Row[]> {
  const rows = await eventStatement(db).execute(place);
  return rows.map(({ event: { id, at, kind, details }, micros, byName }) => {
    const event = { kind, details, byName } as ServiceEventView; // safe because recordServiceEvent takes kinds with their own details alone
    return { micros, id, item: { type: "event", id, at, event } };
  });
}
