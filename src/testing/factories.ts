/** Rows for tests, made with as little as a test must say. */

import { randomBytes } from "node:crypto";
import { defaultHealth } from "@/domain/health/health-settings";
import type { Role } from "@/domain/permissions";
import type { BuildSettings, RuntimeSettings, ServiceSnapshot, ServiceSource } from "@/domain/plan/types";
import { Secret } from "@/domain/secret";
import { type Cipher, createCipher } from "@/server/crypto";
import type { Db } from "@/server/db/client";
import { newId } from "@/server/db/new-id";
import * as schema from "@/server/db/schema";

export const testSecretKey = new Secret(Buffer.alloc(32, 7).toString("base64"));
export const testCipher: Cipher = createCipher(testSecretKey);

const unique = () => randomBytes(4).toString("hex");

export const defaultBuild: BuildSettings = {
  builder: "auto",
  dockerfilePath: null,
  installCommand: null,
  buildCommand: null,
  startCommand: null,
  outputDirectory: null,
};

export const defaultRuntime: RuntimeSettings = {
  port: 3000,
  health: defaultHealth,
  memoryMib: 128,
  cpuMillis: 500,
  replicas: 1,
  readOnlyRoot: false,
};

export async function makeUser(db: Db, values: Partial<typeof schema.users.$inferInsert> = {}) {
  const row = { id: newId("user"), email: `${unique()}@example.com`, name: "Ada", ...values };
  await db.insert(schema.users).values(row);
  return row;
}

export async function makeOrganization(db: Db) {
  const row = { id: newId("organization"), name: "Acme", slug: `acme-${unique()}` };
  await db.insert(schema.organizations).values(row);
  return row;
}

/** A user with a role in the organization and an open session. */
export async function makeMember(db: Db, organizationId: string, role: Role) {
  const user = await makeUser(db);
  await db.insert(schema.memberships).values({ organizationId, userId: user.id, role });
  const session = { id: newId("session"), userId: user.id, expiresAt: new Date(Date.now() + 3_600_000) };
  await db.insert(schema.sessions).values(session);
  return { user, session };
}

/** Random, because test databases share one Engine: their networks must not overlap. */
function randomSubnetIndex(): number {
  return randomBytes(2).readUInt16BE() % 1000;
}

export async function makeProject(
  db: Db,
  organizationId: string,
  values: Partial<typeof schema.projects.$inferInsert> = {},
  subnetIndex = randomSubnetIndex(),
) {
  const project = { id: newId("project"), organizationId, name: "Shop", slug: `shop-${unique()}`, ...values };
  await db.insert(schema.projects).values(project);
  const environment = {
    id: newId("environment"),
    projectId: project.id,
    name: "Production",
    slug: "production",
    subnetIndex,
  };
  while ((await db.insert(schema.environments).values(environment).onConflictDoNothing()).rowCount === 0) {
    environment.subnetIndex = randomSubnetIndex();
  }
  return { project, environment };
}

export async function makeService(
  db: Db,
  place: { project: { id: string; organizationId: string }; environment: { id: string } },
  values: Partial<typeof schema.services.$inferInsert> = {},
) {
  const slug = `web-${unique()}`;
  const source: ServiceSource = { type: "git", url: "http://127.0.0.1/none.git", branch: "main", rootDirectory: "" };
  const row = {
    id: newId("service"),
    projectId: place.project.id,
    organizationId: place.project.organizationId,
    environmentId: place.environment.id,
    name: "Web",
    slug,
    platformHost: `${slug}.localhost`,
    source,
    build: defaultBuild,
    runtime: defaultRuntime,
    ...values,
  };
  await db.insert(schema.services).values(row);
  return row;
}

/** A deployment as the web makes it: queued, its inputs frozen. */
export async function makeDeployment(
  db: Db,
  service: Awaited<ReturnType<typeof makeService>>,
  values: Partial<typeof schema.deployments.$inferInsert> = {},
) {
  const id = values.id ?? newId("deployment");
  const snapshot: ServiceSnapshot = {
    source: service.source,
    build: service.build,
    runtime: service.runtime,
    hosts: [service.platformHost],
  };
  const row = {
    serviceId: service.id,
    projectId: service.projectId,
    number: 1,
    trigger: "manual" as const,
    snapshot,
    environmentEncrypted: testCipher.encrypt("[]"),
    releaseId: id,
    ...values,
    id,
  };
  await db.insert(schema.deployments).values(row);
  return row;
}
