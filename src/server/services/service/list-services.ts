import { and, desc, eq, sql } from "drizzle-orm";
import type { Page } from "@/contracts/common";
import type { ListServicesInput, ServiceSummary } from "@/contracts/service";
import type { ServiceContext } from "@/server/context";
import { services } from "@/server/db/schema";
import { microsOf, pageStart, toPage } from "@/server/services/pages";
import { prepared } from "@/server/services/prepared";
import { searchPattern } from "@/server/services/search-pattern";
import { shared } from "@/server/services/shared";
import { isLatest, isLive, latest, live, summaryFacts, toServiceSummary } from "./service-summary";

const statement = prepared((db) =>
  db
    .select({ id: services.id, micros: microsOf(services.createdAt), facts: summaryFacts })
    .from(services)
    .leftJoin(live, isLive)
    .leftJoin(latest, isLatest)
    .where(
      and(
        eq(services.projectId, sql.placeholder("projectId")),
        sql`(${services.createdAt}, ${services.id}) < (${sql.placeholder("beforeAt")}::timestamptz, ${sql.placeholder("beforeId")})`,
        sql`${services.name} ilike ${sql.placeholder("pattern")}`,
      ),
    )
    .orderBy(desc(services.createdAt), desc(services.id))
    .limit(sql.placeholder("rows"))
    .prepare("list_services"),
);

/** Services of a project, newest first. Throws invalid_input for a foreign cursor. */
export const listServices = shared(
  async (context: ServiceContext, input: ListServicesInput): Promise<Page<ServiceSummary>> => {
    const rows = await statement(context.db).execute({
      projectId: input.projectId,
      ...pageStart(input.cursor),
      pattern: searchPattern(input.search),
      rows: input.limit + 1,
    });
    return toPage(rows, input.limit, (row) => toServiceSummary(context, row.facts));
  },
);
