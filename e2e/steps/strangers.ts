/** Rows of an organization that the owner does not belong to; nobody can make those in the browser. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { createDb } from "@/server/db/client";
import { makeDeployment, makeOrganization, makeProject, makeService } from "@/testing/factories";
import type { System } from "./system";

const cluster = z.object({ port: z.number(), password: z.string() });

export async function makeStrangersService(
  system: System,
): Promise<{ projectId: string; serviceId: string; deploymentId: string }> {
  const db = createDb(databaseUrl(system), { max: 1, applicationName: "journeys" });
  try {
    const { id } = await makeOrganization(db);
    const place = await makeProject(db, id);
    const service = await makeService(db, place);
    const deployment = await makeDeployment(db, service, { status: "cancelled" });
    return { projectId: place.project.id, serviceId: service.id, deploymentId: deployment.id };
  } finally {
    await db.$client.end();
  }
}

/** Of the embedded PostgreSQL, as bin/start keeps it in the data directory. */
function databaseUrl({ dataDirectory }: System): string {
  const file = path.join(dataDirectory, "postgres/cluster.json");
  const { port, password } = cluster.parse(JSON.parse(readFileSync(file, "utf8")));
  return `postgres://helvetia:${password}@127.0.0.1:${port}/helvetia`;
}
