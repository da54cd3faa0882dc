import { and, desc, eq, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { AuditFilter, AuditView } from "@/contracts/audit";
import type { Db } from "@/server/db/client";
import { auditLog, deployments, projects, services, users } from "@/server/db/schema";
import { microsOf, pageStart } from "@/server/services/pages";

const subject = alias(users, "subject");
const deployed = alias(services, "deployed");

/** The newest `limit` entries of an organization before the cursor, with what they are about as it is called now. */
export function selectAudit(db: Db, filter: AuditFilter, { cursor, limit }: { cursor: string | null; limit: number }) {
  const { beforeAt, beforeId } = pageStart(cursor);
  return db
    .select({
      id: auditLog.id,
      at: auditLog.at,
      micros: microsOf(auditLog.at),
      actorType: auditLog.actorType,
      actorId: auditLog.actorId,
      actorName: users.name,
      actorEmail: users.email,
      action: auditLog.action,
      resourceType: auditLog.resourceType,
      resourceId: auditLog.resourceId,
      detail: auditLog.detail,
      address: auditLog.address,
      resourceName: sql<string | null>`coalesce(${projects.name}, ${services.name}, ${deployed.name}, ${subject.name})`,
      resourcePath: sql<string | null>`case
        when ${projects.id} is not null then '/projects/' || ${projects.id}
        when ${services.id} is not null then '/services/' || ${services.id}
        when ${deployed.id} is not null then '/services/' || ${deployed.id} || '/deployments/' || ${deployments.id} end`,
    })
    .from(auditLog)
    .leftJoin(users, eq(users.id, auditLog.actorId))
    .leftJoin(projects, isAbout("project", sql`${projects.id}`))
    .leftJoin(services, isAbout("service", sql`${services.id}`))
    .leftJoin(deployments, isAbout("deployment", sql`${deployments.id}`))
    .leftJoin(deployed, eq(deployed.id, deployments.serviceId))
    .leftJoin(subject, isAbout("member", sql`${subject.id}`))
    .where(
      and(
        eq(auditLog.organizationId, filter.organizationId),
        filter.area ? sql`split_part(${auditLog.action}, '.', 1) = ${filter.area}` : undefined,
        filter.userId ? eq(auditLog.actorId, filter.userId) : undefined,
        sql`(${auditLog.at}, ${auditLog.id}) < (${beforeAt}::timestamptz, ${beforeId})`,
      ),
    )
    .orderBy(desc(auditLog.at), desc(auditLog.id))
    .limit(limit);
}

export type AuditRow = Awaited<ReturnType<typeof selectAudit>>[number];

export function toAuditView(row: AuditRow): AuditView {
  const { id, at, action, detail, address } = row;
  return {
    id,
    at,
    actor: { type: row.actorType, id: row.actorId, name: row.actorName, email: row.actorEmail },
    action,
    resource: { type: row.resourceType, id: row.resourceId, name: row.resourceName, path: row.resourcePath },
    detail,
    address,
  };
}

function isAbout(type: AuditRowType, id: SQL): SQL {
  return sql`${auditLog.resourceType} = ${sql.raw(`'${type}'`)} and ${id} = ${auditLog.resourceId}`;
}

type AuditRowType = "project" | "service" | "deployment" | "member";
