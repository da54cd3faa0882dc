import { and, desc, eq, type SQL, sql } from "drizzle-orm";
import type { Page } from "@/contracts/common";
import type { ListOrganizationServicesInput, OrganizationServiceSummary } from "@/contracts/service";
import type { ServiceContext } from "@/server/context";
import type { Db } from "@/server/db/client";
import { projects, services } from "@/server/db/schema";
import { microsOf, pageStart, toPage } from "@/server/services/pages";
import { prepared } from "@/server/services/prepared";
import { searchPattern } from "@/server/services/search-pattern";
import { shared } from "@/server/services/shared";
import { isLatest, isLive, latest, live, summaryFacts, toServiceSummary } from "./service-summary";

function select(db: Db, matching?: SQL) {
  return db
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
        matching,
      ),
    )
    .orderBy(desc(services.createdAt), desc(services.id))
    .limit(sql.placeholder("rows"));
}
const everything = prepared((db) => select(db).prepare("list_organization_services"));
// A statement of its own: a plan that expects a filter reads all of them before it sorts.
const byName = prepared((db) =>
  select(
    db,
    sql`(${services.name} ilike ${sql.placeholder("pattern")} or ${projects.name} ilike ${sql.placeholder("pattern")})`,
  ).prepare("find_organization_services"),
);

/** Services of all projects of an organization, newest first. Throws invalid_input for a foreign cursor. */
export const listOrganizationServices = shared(
  async (context: ServiceContext, input: ListOrganizationServicesInput): Promise<Page<OrganizationServiceSummary>> => {
    const page = {
      organizationId: input.organizationId,
      ...pageStart(input.cursor),
      rows: input.limit + 1,
    };
    const { search } = input;
    const rows = search
      ? await byName(context.db).execute({ ...page, pattern: searchPattern(search) })
      : await everything(context.db).execute(page);
    return toPage(rows, input.limit, (row) => ({
      ...toServiceSummary(context, row.facts),
      projectName: row.projectName,
    }));
  },
);
