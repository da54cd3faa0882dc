/** What use-cases are handed: the web's context has no way to Docker, Git or the router; the worker's has. */
import type { Config } from "./config";
import type { Db } from "./db/client";
import type { Logger } from "./log";
import type { Cache, Clock, Edge, Engine, Git, Planner, Prober } from "./ports";

export type ServiceContext = { db: Db; config: Config; log: Logger; clock: Clock; cache: Cache };

/** Who asks. `address`: where from, as the trusted proxy says. */
export type Actor =
  | { type: "user"; userId: string; sessionId: string; address: string | null }
  | { type: "system"; reason: string };

export type ActorContext = ServiceContext & { actor: Actor };

export type WorkerContext = ServiceContext & {
  engine: Engine;
  git: Git;
  edge: Edge;
  prober: Prober;
  planner: Planner;
  /** This worker's name in leases: host, pid and start time. */
  holder: string;
};
