import type { Asker } from "@/server/services/access/find-organization-access";
import { web } from "@/server/web";
import { type ActorFinder, createActorFinder } from "./actor-finder";

let find: ActorFinder | null = null;

/** Who sends these headers: the signed-in person, or null. For pages, route handlers and the API's context. */
export function getActor(headers: Headers): Promise<Asker | null> {
  find ??= createActorFinder(web().context.config, web().sessions);
  return find(headers);
}
