/**
 * What is asked of every query of the API in a large database, so that none is forgotten: a query without a row here
 * fails a test. Of a list with pages the next ones are asked for too, small and large.
 */

import { newestDeployment, type ScaleSize, scaleId } from "./scale-size";
import type { SeedOwner } from "./seed-step";

export type ScaleWorld = SeedOwner & { size: ScaleSize };

/** The input of the n-th call of many: different rows, as different people ask for them. */
export type Ask = (world: ScaleWorld, n: number) => Record<string, unknown> | undefined;

const nothing: Ask = () => undefined;
const organization: Ask = ({ organizationId }) => ({ organizationId });
/** The first is the one with the most in it. */
const project: Ask = ({ size }, n) => ({ projectId: scaleId("project", n % size.projects) });
const named =
  (search: string): Ask =>
  (world, n) => ({ ...organization(world, n), search });
const service: Ask = ({ size }, n) => ({ serviceId: scaleId("service", n % size.services) });
const deployment: Ask = ({ size }, n) => ({
  deploymentId: scaleId("deployment", newestDeployment(size, n % size.services)),
});
/** Of the first service: one whose build log is there, and long. */
const logOf: Ask = ({ size }, n) => ({
  deploymentId: scaleId("deployment", newestDeployment(size, 0) - (n % 10)),
  kind: "build",
});

type Queries = Record<string, { asks: Record<string, Ask>; isPaged?: true }>;

export const apiQueries: Queries = {
  ping: { asks: { empty: nothing } },
  "viewer.get": { asks: { viewer: nothing } },
  "viewer.sessions": { asks: { sessions: nothing } },
  "platform.get": { asks: { platform: nothing } },
  "audit.list": {
    asks: {
      "whole trail": organization,
      "what is rare": (world, n) => ({ ...organization(world, n), area: "invitation" }),
      "of one person": (world, n) => ({ ...organization(world, n), userId: world.userId }),
    },
    isPaged: true,
  },
  "member.list": { asks: { members: organization }, isPaged: true },
  "invitation.list": { asks: { invitations: organization }, isPaged: true },
  "invitation.show": { asks: { link: ({ size }, n) => ({ token: `token-${n % size.invitations}` }) } },
  "project.list": { asks: { projects: organization, "of a name": named("Project 7") }, isPaged: true },
  "project.get": { asks: { project } },
  "service.list": {
    asks: { "largest project": (world) => project(world, 0), "all projects": project },
    isPaged: true,
  },
  "service.listByOrganization": { asks: { services: organization, "of a name": named("Service 7") }, isPaged: true },
  "service.get": { asks: { service } },
  "service.history": {
    asks: { "busiest service": (world) => service(world, 0), "all services": service },
    isPaged: true,
  },
  "inspection.get": { asks: { inspection: (_world, n) => ({ inspectionId: scaleId("inspection", n % 1000) }) } },
  "variable.list": { asks: { variables: service } },
  "deployment.list": {
    asks: { "busiest service": (world) => service(world, 0), "all services": service },
    isPaged: true,
  },
  "deployment.get": { asks: { deployment } },
  "deployment.receipt": { asks: { receipt: deployment } },
  "deployment.difference": { asks: { difference: deployment } },
  "log.read": {
    asks: {
      "last lines": logOf,
      "from an offset": (world, n) => ({ ...logOf(world, n), offset: (n * 997) % (world.size.logChunks * 100) }),
    },
  },
  "log.search": {
    asks: {
      "found nowhere": (world, n) => ({ ...logOf(world, n), query: "out of memory" }),
      "found everywhere": (world, n) => ({ ...logOf(world, n), query: "LINE" }),
      "in a time": (world, n) => ({
        ...{ ...logOf(world, n), query: "chunk" },
        since: new Date(1_700_000_000_000 + (world.size.logChunks / 2) * 1000),
        until: new Date(1_700_000_000_000 + (world.size.logChunks / 2 + 5) * 1000),
      }),
    },
  },
  "log.locate": {
    asks: {
      time: (world, n) => ({
        ...logOf(world, n),
        at: new Date(1_700_000_000_000 + ((n * 37) % world.size.logChunks) * 1000),
      }),
    },
  },
  "storage.get": { asks: { storage: organization } },
  "storage.cleanups": { asks: { cleanups: organization }, isPaged: true },
  "storage.cleanupItems": {
    asks: {
      items: ({ organizationId }) => ({ organizationId, cleanupId: scaleId("cleanup", 0) }),
    },
    isPaged: true,
  },
  "storage.strays": { asks: { strays: organization }, isPaged: true },
};
