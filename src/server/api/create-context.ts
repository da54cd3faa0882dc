import { randomUUID } from "node:crypto";
import { getActor } from "@/server/auth/get-actor";
import type { Asker } from "@/server/services/access/find-organization-access";
import { web } from "@/server/web";
import type { ApiContext } from "./context";

/** What the procedures of one request share. */
export function createContext(headers: Headers): ApiContext {
  let actor: Promise<Asker | null> | null = null;
  const { context, shutdown } = web();
  return {
    ...context,
    shutdown,
    requestId: randomUUID(),
    findActor() {
      actor ??= getActor(headers);
      return actor;
    },
  };
}
