/** What use-cases are handed, for tests: a real database, everything else as plain as it gets. */
import { createMemoryCache } from "@/server/adapters/cache/memory-cache";
import { readConfig } from "@/server/config";
import type { OrganizationContext, ServiceContext } from "@/server/context";
import type { Db } from "@/server/db/client";
import type { ListenHub } from "@/server/db/listen";
import type { ChangeEvent } from "@/server/events";
import { createLogger } from "@/server/log";
import { makeMember, makeOrganization, testCipher, testSecretKey } from "./factories";

/** A change feed that a test drives by hand. */
export function makeChangeFeed(): Pick<ListenHub, "onEvent" | "onResync"> & {
  emit(event: ChangeEvent): void;
  resync(): void;
  listeners(): number;
} {
  const handlers = new Set<(event: ChangeEvent) => void>();
  const resyncs = new Set<() => void>();
  return {
    onEvent(handler) {
      handlers.add(handler);
      return () => handlers.delete(handler);
    },
    onResync(handler) {
      resyncs.add(handler);
      return () => resyncs.delete(handler);
    },
    emit(event) {
      for (const handler of [...handlers]) handler(event);
    },
    resync() {
      for (const handler of [...resyncs]) handler();
    },
    listeners: () => handlers.size + resyncs.size,
  };
}

/** `environment`: settings as in process.env; SECRET_KEY is the factories'. */
export function makeServiceContext(
  db: Db,
  overrides: Partial<ServiceContext> = {},
  environment: Record<string, string> = {},
): ServiceContext {
  return {
    db,
    config: readConfig({ SECRET_KEY: testSecretKey.reveal(), ...environment }).config,
    log: createLogger("test", "silent"),
    clock: { now: () => new Date() },
    cache: createMemoryCache(),
    cipher: testCipher,
    changes: makeChangeFeed(),
    ...overrides,
  };
}

/** An organization with an owner, and the context in which that owner acts. */
export async function makeOwnerContext(
  db: Db,
  overrides: Partial<ServiceContext> = {},
): Promise<OrganizationContext & { actor: { type: "user" } }> {
  const organization = await makeOrganization(db);
  const { user, session } = await makeMember(db, organization.id, "owner");
  return {
    ...makeServiceContext(db, overrides),
    organizationId: organization.id,
    actor: { type: "user", userId: user.id, sessionId: session.id, address: "192.0.2.1" },
  };
}
