/**
 * Every procedure, with every kind of person, on real rows. What must happen is derived from what the procedure
 * declares and from the permission table; a procedure that declares nothing, or that this test has no input for, fails.
 */
import type { AnyTRPCProcedure } from "@trpc/server";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ErrorCode, isAppError } from "@/domain/errors";
import { can, type Role, roles } from "@/domain/permissions";
import { Secret } from "@/domain/secret";
import type { ServiceContext } from "@/server/context";
import { newId } from "@/server/db/new-id";
import { cleanups, inspections, invitations, services, sessions, strays, users, variables } from "@/server/db/schema";
import type { Asker } from "@/server/services/access/find-organization-access";
import { newInvitationToken } from "@/server/services/invitation/invitation-token";
import { hashPassword } from "@/server/services/user/password";
import { createTestDatabase, describeWithDatabase, type TestDatabase } from "@/testing/database";
import {
  defaultBuild,
  makeDeployment,
  makeMember,
  makeOrganization,
  makeProject,
  makeService,
  testCipher,
} from "@/testing/factories";
import { makeServiceContext } from "@/testing/service-context";
import { appRouter } from "./root";
import { createCallerFactory, type Declaration } from "./trpc";

type Person = "anonymous" | "outsider" | Role;
const people: Person[] = ["anonymous", "outsider", ...roles];

/** Ids of rows made for one call, so that no call meets what another one left. */
type World = {
  organizationId: string;
  projectId: string;
  environmentId: string;
  serviceId: string;
  liveId: string;
  runningId: string;
  retiredId: string;
  inspectionId: string;
  cleanupId: string;
  strayId: string;
  otherSessionId: string;
  memberId: string;
  invitationId: string;
  token: string;
};

const source = { type: "git", url: "https://git.example.com/a.git", branch: "main" };
const page = { limit: 5 };

/** A valid input for every procedure, by its path. */
const inputs: Record<string, (world: World) => unknown> = {
  ping: () => undefined,
  "viewer.get": () => undefined,
  "viewer.sessions": () => undefined,
  "viewer.revokeSession": (world) => ({ sessionId: world.otherSessionId }),
  "viewer.revokeOtherSessions": () => undefined,
  "viewer.changePassword": () => ({ currentPassword: "correct horse", newPassword: "battery staple battery" }),
  "organization.create": () => ({ name: "Own" }),
  "organization.rename": ({ organizationId }) => ({ organizationId, name: "Renamed" }),
  "organization.leave": ({ organizationId }) => ({ organizationId }),
  "member.list": ({ organizationId }) => ({ organizationId, ...page }),
  "member.changeRole": ({ organizationId, memberId }) => ({ organizationId, userId: memberId, role: "developer" }),
  "member.remove": ({ organizationId, memberId }) => ({ organizationId, userId: memberId }),
  "invitation.list": ({ organizationId }) => ({ organizationId, ...page }),
  "invitation.create": ({ organizationId }) => ({ organizationId, role: "viewer" }),
  "invitation.revoke": ({ organizationId, invitationId }) => ({ organizationId, invitationId }),
  "invitation.show": ({ token }) => ({ token }),
  "invitation.accept": ({ token }) => ({ token }),
  "invitation.join": ({ token }) => ({
    ...{ token, name: "Grace", email: `${newId("user")}@example.com`, password: "correct horse battery" },
  }),
  "platform.get": () => undefined,
  "platform.watch": () => undefined,
  "audit.list": ({ organizationId }) => ({ organizationId, ...page }),
  "audit.export": ({ organizationId }) => ({ organizationId, format: "csv" }),
  "project.list": ({ organizationId }) => ({ organizationId, ...page }),
  "project.get": ({ projectId }) => ({ projectId }),
  "project.create": ({ organizationId }) => ({ organizationId, name: `Made ${Math.random()}` }),
  "project.rename": ({ projectId }) => ({ projectId, name: "Renamed" }),
  "project.delete": ({ projectId }) => ({ projectId, confirmation: "Shop" }),
  "project.watch": ({ projectId }) => ({ projectId }),
  "project.watchAll": ({ organizationId }) => ({ organizationId }),
  "service.list": ({ projectId }) => ({ projectId, ...page }),
  "service.listByOrganization": ({ organizationId }) => ({ organizationId, ...page }),
  "service.get": ({ serviceId }) => ({ serviceId }),
  "service.history": ({ serviceId }) => ({ serviceId, ...page }),
  "service.create": ({ projectId, environmentId }) => ({
    ...{ projectId, environmentId, name: "New", source, build: {}, runtime: {} },
  }),
  "service.update": ({ serviceId }) => ({ serviceId, name: "Renamed" }),
  "service.delete": ({ serviceId }) => ({ serviceId, confirmation: "Web" }),
  "service.stop": ({ serviceId }) => ({ serviceId }),
  "service.start": ({ serviceId }) => ({ serviceId }),
  "service.restart": ({ serviceId }) => ({ serviceId }),
  "service.watch": ({ serviceId }) => ({ serviceId }),
  "inspection.create": ({ projectId }) => ({ projectId, source: { url: source.url, branch: "" }, build: {} }),
  "inspection.get": ({ inspectionId }) => ({ inspectionId }),
  "inspection.watch": ({ inspectionId }) => ({ inspectionId }),
  "variable.list": ({ serviceId }) => ({ serviceId }),
  "variable.set": ({ serviceId }) => ({ serviceId, variables: [{ key: "A", value: "1", secret: false }] }),
  "deployment.list": ({ serviceId }) => ({ serviceId, ...page }),
  "deployment.get": ({ liveId }) => ({ deploymentId: liveId }),
  "deployment.receipt": ({ liveId }) => ({ deploymentId: liveId }),
  "deployment.difference": ({ liveId }) => ({ deploymentId: liveId }),
  "deployment.create": ({ serviceId }) => ({ serviceId }),
  "deployment.cancel": ({ runningId }) => ({ deploymentId: runningId }),
  "deployment.rollback": ({ retiredId }) => ({ deploymentId: retiredId }),
  "deployment.watch": ({ liveId }) => ({ deploymentId: liveId }),
  "log.read": ({ liveId }) => ({ deploymentId: liveId, kind: "build" }),
  "log.search": ({ liveId }) => ({ deploymentId: liveId, kind: "build", query: "x" }),
  "log.locate": ({ liveId }) => ({ deploymentId: liveId, kind: "build", at: new Date() }),
  "log.follow": ({ liveId }) => ({ deploymentId: liveId, kind: "build" }),
  "log.export": ({ liveId }) => ({ deploymentId: liveId, kind: "build" }),
  "storage.get": ({ organizationId }) => ({ organizationId }),
  "storage.cleanups": ({ organizationId }) => ({ organizationId, ...page }),
  "storage.cleanupItems": ({ organizationId, cleanupId }) => ({ organizationId, cleanupId, ...page }),
  "storage.preview": ({ organizationId }) => ({ organizationId }),
  "storage.clean": ({ organizationId }) => ({ organizationId }),
  "storage.strays": ({ organizationId }) => ({ organizationId, ...page }),
  "storage.removeStray": ({ organizationId, strayId }) => ({ organizationId, strayId }),
  "storage.watch": ({ organizationId }) => ({ organizationId }),
};

// tRPC's types nest what its router keeps flat: by full path.
const flat = appRouter._def.procedures as unknown as Record<string, AnyTRPCProcedure>; // safe because of the above
const procedures = Object.entries(flat).map(([path, procedure]) => ({
  path,
  type: procedure._def.type,
  declaration: procedure._def.meta as Declaration | undefined, // safe because the router's meta type is Declaration
}));

function expectedCode(declaration: Declaration, person: Person): ErrorCode | "allowed" {
  if (declaration.access === "public") return "allowed";
  if (person === "anonymous") return "unauthenticated";
  if (declaration.access === "signed-in") return "allowed";
  if (person === "outsider") return "not_found";
  return can(person, declaration.permission) ? "allowed" : "forbidden";
}

describe("every procedure", () => {
  it.each(procedures)("$path declares who may call it", ({ declaration }) => {
    if (declaration?.access === "public") expect(declaration.reason.length).toBeGreaterThan(10);
    else expect(declaration?.access).toMatch(/^(signed-in|permission)$/);
  });

  it("is one that this test has an input for, and the other way round", () => {
    expect(Object.keys(inputs).sort()).toEqual(procedures.map((procedure) => procedure.path).sort());
  });
});

describeWithDatabase("permission matrix", () => {
  let database: TestDatabase;
  let context: ServiceContext;
  let organizationId: string;
  let passwordHash: string;

  beforeAll(async () => {
    database = await createTestDatabase();
    context = makeServiceContext(database.db);
    organizationId = (await makeOrganization(database.db)).id;
    // Stays: so no other owner is the last.
    await makeMember(database.db, organizationId, "owner");
    passwordHash = await hashPassword(new Secret("correct horse"));
  });
  afterAll(() => database.drop());

  /** New for each call, because some end what the person belongs to. */
  async function makePerson(person: Person): Promise<Asker | null> {
    if (person === "anonymous") return null;
    if (person !== "outsider") return makeAsker(organizationId, person);
    // Owner of an organization of their own: no lack of rights, only a lack of belonging.
    return makeAsker((await makeOrganization(database.db)).id, "owner");
  }

  async function makeAsker(organization: string, role: Role): Promise<Asker> {
    const { user, session } = await makeMember(database.db, organization, role);
    await database.db.update(users).set({ passwordHash }).where(eq(users.id, user.id));
    const roleThere = { [organization]: role };
    return { type: "user", userId: user.id, sessionId: session.id, address: null, roles: roleThere };
  }

  async function makeWorld(userId: string | null): Promise<World> {
    const { db } = database;
    const place = await makeProject(db, organizationId);
    const service = await makeService(db, place, { lastDeploymentNumber: 3 });
    const image = { imageReference: "helvetia/x:1", liveAt: new Date() };
    const retired = await makeDeployment(db, service, { number: 1, status: "retired", ...image });
    const live = await makeDeployment(db, service, { number: 2, status: "live", ...image });
    const running = await makeDeployment(db, service, { number: 3, status: "building" });
    await db.update(services).set({ liveDeploymentId: live.id }).where(eq(services.id, service.id));
    const inspectionId = newId("inspection");
    await db.insert(inspections).values({
      id: inspectionId,
      projectId: place.project.id,
      source: service.source,
      build: defaultBuild,
      status: "done",
    });
    const secret = { kind: "secret" as const, valueEncrypted: testCipher.encrypt("x") };
    await db.insert(variables).values({ id: newId("variable"), serviceId: service.id, key: "A", ...secret });
    const cleanupId = newId("cleanup");
    const done = { mode: "clean", trigger: "schedule", status: "done" } as const;
    await db.insert(cleanups).values({ ...done, id: cleanupId, createdAt: new Date() });
    const strayId = newId("stray");
    const stray = { kind: "network", name: strayId, labels: {}, reason: "no_environment" } as const;
    await db.insert(strays).values({ ...stray, id: strayId, firstSeenAt: new Date() });
    const otherSessionId = newId("session");
    const expiresAt = new Date(Date.now() + 60_000);
    if (userId) await db.insert(sessions).values({ id: otherSessionId, userId, expiresAt });
    const member = await makeMember(database.db, organizationId, "viewer");
    const invitation = await makeInvitations();
    return {
      organizationId,
      memberId: member.user.id,
      ...invitation,
      projectId: place.project.id,
      environmentId: place.environment.id,
      serviceId: service.id,
      liveId: live.id,
      runningId: running.id,
      retiredId: retired.id,
      inspectionId,
      cleanupId,
      strayId,
      otherSessionId,
    };
  }

  /** One of this organization to revoke; and a token for another one, so that everybody here can accept it. */
  async function makeInvitations(): Promise<{ invitationId: string; token: string }> {
    const elsewhere = await makeOrganization(database.db);
    const own = newId("invitation");
    const { token, tokenHash } = newInvitationToken();
    const rest = { role: "viewer" as const, expiresAt: new Date(Date.now() + 60_000) };
    await database.db.insert(invitations).values([
      { id: own, organizationId, tokenHash: newInvitationToken().tokenHash, ...rest },
      { id: newId("invitation"), organizationId: elsewhere.id, tokenHash, ...rest },
    ]);
    return { invitationId: own, token };
  }

  /** Calls it; of a subscription takes the first value. Returns how it ended. */
  async function call(path: string, asker: Asker | null, input: unknown): Promise<ErrorCode | "allowed"> {
    const abort = new AbortController();
    const caller = createCallerFactory(appRouter)(
      { ...context, requestId: "test", shutdown: new AbortController().signal, findActor: async () => asker },
      { signal: abort.signal },
    );
    try {
      const procedure = path.split(".").reduce<unknown>((part, name) => Reflect.get(part as object, name), caller); // safe because the path is the router's own
      const result = await (procedure as (input: unknown) => Promise<unknown>)(input); // safe because a path ends at a procedure
      if (isAsyncIterable(result)) await result[Symbol.asyncIterator]().next();
      return "allowed";
    } catch (error) {
      const cause = error instanceof Error ? error.cause : undefined;
      if (isAppError(cause)) return cause.code;
      if (isAppError(error)) return error.code;
      throw error;
    } finally {
      abort.abort();
    }
  }

  describe.each(procedures)("$path", ({ path, declaration, type }) => {
    it.each(people)(`${type} as %s`, async (person) => {
      if (!declaration) throw new Error("declares nothing");
      const asker = await makePerson(person);
      const world = await makeWorld(asker?.userId ?? null);
      const input = inputs[path]?.(world);
      expect(await call(path, asker, input)).toBe(expectedCode(declaration, person));
    });

    it("looks the same where it is not yours and where it is not there", async () => {
      if (declaration?.access !== "permission") return;
      const world = await makeWorld(null);
      const absent = Object.fromEntries(
        Object.entries(world).map(([name, id]) => [name, `${id.slice(0, 4)}${"0".repeat(20)}`]),
      ) as World; // safe because it has the same keys
      const outsider = await makePerson("outsider");
      const owner = await makePerson("owner");
      expect(await call(path, outsider, inputs[path]?.(world))).toBe("not_found");
      expect(await call(path, owner, inputs[path]?.(absent))).toBe("not_found");
    });
  });
});

function isAsyncIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === "object" && value !== null && Symbol.asyncIterator in value;
}
