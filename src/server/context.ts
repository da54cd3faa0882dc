/** What use-cases are handed: the web's context has no way to Docker, Git or the router; the worker's has. */
import type { BuildSlots } from "./build-slots";
import type { Config } from "./config";
import type { Cipher } from "./crypto";
import type { Db } from "./db/client";
import type { ListenHub } from "./db/listen";
import type { Logger } from "./log";
import type { Cache, Clock, Edge, Engine, Git, Planner, Prober } from "./ports";

export type ServiceContext = {
  db: Db;
  config: Config;
  log: Logger;
  clock: Clock;
  cache: Cache;
  cipher: Cipher;
  /** Hints that something changed, from every process of this instance. */
  changes: Pick<ListenHub, "onEvent" | "onResync">;
};

/** A signed-in person. `address`: where from, as the trusted proxy says. */
export type UserActor = { type: "user"; userId: string; sessionId: string; address: string | null };

/** Who asks. */
export type Actor = UserActor | { type: "system"; reason: string };

export type ActorContext = ServiceContext & { actor: Actor };

/** What verbs take that concern the signed-in person alone. */
export type UserContext = ServiceContext & { actor: UserActor };

/** What verbs that change something take: the actor may do it in this organization, which the audit row names. */
export type OrganizationContext = ActorContext & { organizationId: string };

export type WorkerContext = ServiceContext & {
  engine: Engine;
  git: Git;
  edge: Edge;
  prober: Prober;
  planner: Planner;
  /** This worker's name in leases: host, pid and start time. */
  holder: string;
  buildSlots: BuildSlots;
};
