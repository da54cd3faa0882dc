import { eq } from "drizzle-orm";
import type { ProjectView } from "@/contracts/project";
import { AppError } from "@/domain/errors";
import type { ServiceContext } from "@/server/context";
import { environments, projects } from "@/server/db/schema";

/** Throws not_found. */
export async function getProject({ db }: Pick<ServiceContext, "db">, projectId: string): Promise<ProjectView> {
  const rows = await db
    .select({
      project: projects,
      environment: { id: environments.id, name: environments.name, slug: environments.slug },
    })
    .from(projects)
    .leftJoin(environments, eq(environments.projectId, projects.id))
    .where(eq(projects.id, projectId))
    .orderBy(environments.createdAt, environments.id);
  const [first] = rows;
  if (!first) throw new AppError("not_found");
  const { id, organizationId, name, slug, createdAt, deletingAt } = first.project;
  return {
    id,
    organizationId,
    name,
    slug,
    createdAt,
    deleting: deletingAt !== null,
    environments: rows.flatMap((row) => (row.environment ? [row.environment] : [])),
  };
}
