import { and, desc, eq, type SQL, sql } from "drizzle-orm";
import type { Page } from "@/contracts/common";
import type { ListProjectsInput, ProjectSummary } from "@/contracts/project";
import type { ServiceContext } from "@/server/context";
import type { Db } from "@/server/db/client";
import { projects } from "@/server/db/schema";
import { microsOf, pageStart, toPage } from "@/server/services/pages";
import { prepared } from "@/server/services/prepared";
import { searchPattern } from "@/server/services/search-pattern";
import { shared } from "@/server/services/shared";
import { countHealth, projectHealthFacts } from "./project-health";

function select(db: Db, matching?: SQL) {
  return db
    .select({
      id: projects.id,
      name: projects.name,
      slug: projects.slug,
      createdAt: projects.createdAt,
      deletingAt: projects.deletingAt,
      micros: microsOf(projects.createdAt),
      facts: projectHealthFacts,
    })
    .from(projects)
    .where(
      and(
        eq(projects.organizationId, sql.placeholder("organizationId")),
        sql`(${projects.createdAt}, ${projects.id}) < (${sql.placeholder("beforeAt")}::timestamptz, ${sql.placeholder("beforeId")})`,
        matching,
      ),
    )
    .orderBy(desc(projects.createdAt), desc(projects.id))
    .limit(sql.placeholder("rows"));
}
const everything = prepared((db) => select(db).prepare("list_projects"));
// A statement of its own: a plan that expects a filter reads all of them before it sorts.
const byName = prepared((db) =>
  select(db, sql`${projects.name} ilike ${sql.placeholder("pattern")}`).prepare("find_projects"),
);

/** Projects of an organization, newest first, with how their services fare. Throws invalid_input for a foreign cursor. */
export const listProjects = shared(
  async (context: ServiceContext, input: ListProjectsInput): Promise<Page<ProjectSummary>> => {
    const page = {
      organizationId: input.organizationId,
      ...pageStart(input.cursor),
      rows: input.limit + 1,
    };
    const { search } = input;
    const rows = search
      ? await byName(context.db).execute({ ...page, pattern: searchPattern(search) })
      : await everything(context.db).execute(page);
    const now = context.clock.now();
    return toPage(rows, input.limit, ({ id, name, slug, createdAt, deletingAt, facts }) => ({
      id,
      name,
      slug,
      createdAt,
      deleting: deletingAt !== null,
      ...countHealth(facts, now),
    }));
  },
);
