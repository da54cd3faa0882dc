/** How much there is in a database that was used for years. Ids follow from numbers, so that a reader knows them. */
import { createHash } from "node:crypto";
import { type IdKind, idPrefixes } from "@/domain/ids";

export type ScaleSize = {
  projects: number;
  services: number;
  /** Of them, in the first project: one that grew too large. */
  servicesInFirstProject: number;
  deployments: number;
  /** Of them, of the first service: one that is deployed all day. */
  deploymentsOfFirstService: number;
  /** Services whose newest deployment waits for a build slot: a bad morning. */
  queued: number;
  eventsEach: number;
  /** Chunks of a hundred lines in the build log of each of the first service's newest deployments. */
  logChunks: number;
  strays: number;
  cleanups: number;
  /** Of the newest cleanup. */
  cleanupItems: number;
  sessions: number;
  members: number;
  auditEntries: number;
  /** All of them open. */
  invitations: number;
};

/** What the platform is promised to be quick with. */
export const largeScale: ScaleSize = {
  projects: 400,
  services: 10_000,
  servicesInFirstProject: 2_000,
  deployments: 1_000_000,
  deploymentsOfFirstService: 50_000,
  queued: 200,
  eventsEach: 30,
  logChunks: 2_000,
  strays: 2_000,
  cleanups: 2_000,
  cleanupItems: 20_000,
  sessions: 200,
  members: 2_000,
  auditEntries: 200_000,
  invitations: 2_000,
};

/** Deployments of the first service whose build logs are there; the newest ones. */
export const loggedDeployments = 10;
export const linesInChunk = 100;

/** The id of the n-th, from 0, as the SQL of the seed makes it. */
export function scaleId(kind: IdKind, n: number): string {
  return `${idPrefixes[kind]}_${createHash("md5").update(String(n)).digest("hex").slice(0, 20)}`;
}

/** Each service but the first has as many. */
export function deploymentsEach({ deployments, deploymentsOfFirstService, services }: ScaleSize): number {
  return Math.floor((deployments - deploymentsOfFirstService) / (services - 1));
}

/** The number, among all, of the newest deployment of the n-th service. */
export function newestDeployment(size: ScaleSize, n: number): number {
  return size.deploymentsOfFirstService - 1 + n * deploymentsEach(size);
}
