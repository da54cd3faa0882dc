/**
 * Every background job: payload schema, attempts, timeout and the key that makes a second request for the same work
 * a no-op. Handlers are stateless functions of (payload, context): they may run twice, and on any worker.
 */
import { z } from "zod";
import { idPattern } from "@/domain/ids";

const deploymentId = z.string().regex(idPattern("deployment"));
const serviceId = z.string().regex(idPattern("service"));

type JobDefinition = { payload: z.ZodType; maxAttempts: number; timeoutMs: number; key: (payload: never) => string };

function job<S extends z.ZodType>(definition: {
  payload: S;
  maxAttempts: number;
  timeoutMs: number;
  key: (payload: z.infer<S>) => string;
}) {
  return definition;
}

const minute = 60_000;

export const jobCatalog = {
  /** Runs the deployments of a service, one after the other, until none is left. The lease decides who works. */
  "deployment.run": job({
    payload: z.object({ deploymentId }),
    maxAttempts: 3,
    timeoutMs: 240 * minute,
    key: (payload) => `deployment:${payload.deploymentId}`,
  }),
  /** After a cutover: waits for what is under way to end, cuts the rest, and stops warm releases whose window is over. */
  "release.cool": job({
    payload: z.object({ serviceId }),
    maxAttempts: 5,
    timeoutMs: 70 * minute,
    key: (payload) => `cool:${payload.serviceId}`,
  }),
  /** Brings a service to its desired state (running, stopped, deleted) where no deployment is needed for it. */
  "service.converge": job({
    payload: z.object({ serviceId }),
    maxAttempts: 10,
    timeoutMs: 10 * minute,
    key: (payload) => `converge:${payload.serviceId}`,
  }),
  /** Removes what a deleted project left, once its services are gone. */
  "project.remove": job({
    payload: z.object({ projectId: z.string().regex(idPattern("project")) }),
    maxAttempts: 10,
    timeoutMs: 10 * minute,
    key: (payload) => `project:${payload.projectId}`,
  }),
  /** Looks at a repository before a service is made of it: branches, what is detected, the plan. */
  "repository.inspect": job({
    payload: z.object({ inspectionId: z.string().regex(idPattern("inspection")) }),
    maxAttempts: 2,
    timeoutMs: 5 * minute,
    key: (payload) => `inspect:${payload.inspectionId}`,
  }),
  /** Removes log lines that are too old or too many. */
  "logs.trim": job({ payload: z.object({}), maxAttempts: 3, timeoutMs: 30 * minute, key: () => "logs-trim" }),
  /** Removes something on the Engine that no row knows, because somebody said so. */
  "stray.remove": job({
    payload: z.object({ strayId: z.string().regex(idPattern("stray")) }),
    maxAttempts: 10,
    timeoutMs: 10 * minute,
    key: (payload) => `stray:${payload.strayId}`,
  }),
  /** Says what a cleanup would remove, or removes it. */
  "cleanup.run": job({
    payload: z.object({ cleanupId: z.string().regex(idPattern("cleanup")) }),
    maxAttempts: 10,
    timeoutMs: 60 * minute,
    key: (payload) => `cleanup:${payload.cleanupId}`,
  }),
  /** The daily cleanup of images, build cache, mirrors and logs past their retention. */
  "retention.clean": job({ payload: z.object({}), maxAttempts: 3, timeoutMs: 60 * minute, key: () => "retention" }),
} as const satisfies Record<string, JobDefinition>;

export type JobName = keyof typeof jobCatalog;
export type JobPayload<N extends JobName> = z.infer<(typeof jobCatalog)[N]["payload"]>;
