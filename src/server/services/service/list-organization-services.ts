import { and, desc, eq, sql } from "drizzle-orm";
import type { Page } from "@/contracts/common";
import type { ListOrganizationServicesInput, OrganizationServiceSummary } from "@/contracts/service";
import type { ServiceContext } from "@/server/context";
import { projects, services } from "@/server/db/schema";
import { microsOf, pageStart, toPage } from "@/server/services/pages";
import { prepared } from "@/server/services/prepared";
import { searchPattern } from "@/server/services/search-pattern";
import { shared } from "@/server/services/shared";
import { isLatest, isLive, latest, live, summaryFacts, toServiceSummary } from "./service-summary";

const statement = prepared((db) =>
  db
    .select({
      id: services.id,
      micros: microsOf(services.createdAt),
      facts: summaryFacts,
      projectName: projects.name,
    })
    .from(services)
    .innerJoin(projects, eq(projects.id, services.projectId))
    .leftJoin(live, isLive)
    .leftJoin(latest, isLatest)
    .where(
      and(
        eq(services.organizationId, sql.placeholder("organizationId")),
        sql`(${services.createdAt}, ${services.id}) < (${sql.placeholder("beforeAt")}::timestamptz, ${sql.placeholder("beforeId")})`,
        sql`(${services.name} ilike ${sql.placeholder("pattern")} or ${projects.name} ilike ${sql.placeholder("pattern")})`,
      ),
    )
    .orderBy(desc(services.createdAt), desc(services.id))
    .limit(sql.placeholder("rows"))
    .prepare("list_organization_services"),
);

/** Services of all projects of an organization, newest first. Throws invalid_input for a foreign cursor. */
export const listOrganizationServices = shared(
  async (context: ServiceContext, input: ListOrganizationServicesInput): Promise<Page<OrganizationServiceSummary>> => {
    const rows = await statement(context.db).execute({
      organizationId: input.organizationId,
      ...pageStart(input.cursor),
      pattern: searchPattern(input.search),
      rows: input.limit + 1,
    });
    return toPage(rows, input.limit, (row) => ({
      ...toServiceSummary(context, row.facts),
      projectName: row.projectName,
    }));
  },
);
