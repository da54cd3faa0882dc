import { z } from "zod";
import type { DeploymentStatus } from "@/domain/deployment/status";
import type { ErrorRecord } from "@/domain/errors";
import type { GuardSettings } from "@/domain/guard/guard-settings";
import type { BuildSettings, InspectionResult, RuntimeSettings, ServiceSource } from "@/domain/plan/types";
import type { ServiceHealth } from "@/domain/service-health";
import { idSchema, nameSchema, pageInput, searchSchema } from "./common";
import type { CreatedDeployment } from "./deployment";
import { guardSettingsSchema } from "./guard";
import { healthSettingsSchema } from "./health";

const line = (most: number) =>
  z
    .string()
    .trim()
    .max(most, `At most ${most} characters.`)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: refusing them is the point
    .regex(/^[^\u0000-\u001f\u007f]*$/, "Line breaks and control characters are not allowed.");

/** A path inside the repository: relative, without ".." and without a leading "-", which Git would take for an option. */
const repositoryPath = line(500).refine(
  (path) => !path.startsWith("/") && !path.startsWith("-") && !path.split("/").includes(".."),
  "Enter a path inside the repository, without a leading slash and without '..'.",
);

const optional = <S extends z.ZodType<string>>(schema: S) =>
  z.union([schema, z.null()]).transform((value) => (value === null || value === "" ? null : value));

/** http, https, ssh, git@host:path or an absolute local path; credentials do not belong into it. */
export const gitUrlSchema = line(2000)
  .min(1, "Enter the repository's address.")
  .refine(
    (url) =>
      /^(https?|ssh):\/\/[^\s/]+\/\S+$/i.test(url) || /^[\w.-]+@[\w.-]+:[^\s-]\S*$/.test(url) || /^\/[^\s]+$/.test(url),
    "Use https://host/path, ssh://host/path, git@host:path or an absolute path.",
  )
  .refine(
    (url) => !/^https?:\/\/[^/]*@/i.test(url),
    "Leave user name and token out of the address; there is a field for the token.",
  );

/** Git's own rules for a branch name (git-check-ref-format), narrowed. */
export const branchSchema = line(250)
  .min(1, "Enter a branch.")
  .refine(
    (name) =>
      /^[^\s~^:?*[\\\]-][^\s~^:?*[\\]*$/.test(name) && !/\.\.|@\{|\/\/|\.lock(\/|$)|[/.]$|^[/.]|\/\./.test(name),
    "This is not a valid branch name.",
  );

export const imageReferenceSchema = line(500).regex(
  // "sha256:..." would name an image by its id, whosever it is.
  /^(?!sha256:)[a-z0-9]([a-z0-9._:/-]*[a-z0-9])?(:[\w][\w.-]{0,127})?(@sha256:[a-f0-9]{64})?$/,
  "Enter an image reference such as ghcr.io/team/app:1.2.",
);

export const sourceSchema = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("git"),
    url: gitUrlSchema,
    branch: branchSchema,
    rootDirectory: repositoryPath.default(""),
  }),
  z.object({ type: z.literal("image"), reference: imageReferenceSchema }),
]) satisfies z.ZodType<ServiceSource, unknown>;

export const buildSettingsSchema = z.object({
  builder: z.enum(["auto", "dockerfile", "static"]).default("auto"),
  dockerfilePath: optional(repositoryPath).default(null),
  installCommand: optional(line(2000)).default(null),
  buildCommand: optional(line(2000)).default(null),
  startCommand: optional(line(2000)).default(null),
  outputDirectory: optional(repositoryPath).default(null),
}) satisfies z.ZodType<BuildSettings, unknown>;

/** What a form may leave to the instance's defaults is null in the input and filled in when the service is made. */
export const runtimeSettingsSchema = z.object({
  port: z.number().int().min(1).max(65535).nullable().default(null),
  health: healthSettingsSchema.prefault({}),
  memoryMib: z.number().int().min(16).max(65536),
  cpuMillis: z.number().int().min(50).max(64000),
  replicas: z.number().int().min(1).max(20),
  readOnlyRoot: z.boolean().default(false),
}) satisfies z.ZodType<RuntimeSettings, unknown>;

/** A token for the repository. Undefined: leave it as it is; null: remove it. */
const gitToken = z.string().max(4000).nullish();

export const inspectRepositoryInput = z.object({
  projectId: idSchema("project"),
  /** `branch` empty: the remote's default branch. */
  source: z.object({
    url: gitUrlSchema,
    branch: z.union([branchSchema, z.literal("")]),
    rootDirectory: repositoryPath.default(""),
  }),
  build: buildSettingsSchema,
  gitToken,
});

export const createServiceInput = z.object({
  projectId: idSchema("project"),
  environmentId: idSchema("environment"),
  name: nameSchema,
  source: sourceSchema,
  build: buildSettingsSchema,
  runtime: runtimeSettingsSchema.partial(),
  gitToken,
  variables: z.lazy(() => variablesSchema).default([]),
  /** Deploy at once. */
  deploy: z.boolean().default(true),
});

export const updateServiceInput = z.object({
  serviceId: idSchema("service"),
  name: nameSchema.optional(),
  source: sourceSchema.optional(),
  build: buildSettingsSchema.optional(),
  runtime: runtimeSettingsSchema.optional(),
  guard: guardSettingsSchema.optional(),
  gitToken,
});

export const serviceInput = z.object({ serviceId: idSchema("service") });
export const deleteServiceInput = z.object({ serviceId: idSchema("service"), confirmation: z.string().max(100) });
export const listServicesInput = pageInput.extend({
  projectId: idSchema("project"),
  search: searchSchema,
});
/** `search`: in the names of services and of their projects. */
export const listOrganizationServicesInput = pageInput.extend({
  organizationId: idSchema("organization"),
  search: searchSchema,
});
export const inspectionInput = z.object({ inspectionId: idSchema("inspection") });

export const variableKeySchema = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_]{0,254}$/, "Letters, digits and underscores; not starting with a digit.");
/** What a container's environment may hold, so that its start does not fail for its size. */
export const mostVariables = 500;
const uniqueKeys = (list: { key: string }[]) => new Set(list.map((entry) => entry.key)).size === list.length;
const variableValue = z
  .string()
  .max(32_768, "At most 32 KiB.")
  .refine((value) => !value.includes("\0"), "A NUL character cannot be part of an environment.");
export const variablesSchema = z
  .array(z.object({ key: variableKeySchema, value: variableValue, secret: z.boolean().default(false) }))
  .max(mostVariables)
  .refine(uniqueKeys, "A name stands there twice.");

/** Sets these; others stay. `value` null keeps a secret's stored value while its kind changes. */
export const setVariablesInput = z.object({
  serviceId: idSchema("service"),
  variables: z
    .array(z.object({ key: variableKeySchema, value: variableValue.nullable(), secret: z.boolean() }))
    .max(mostVariables)
    .refine(uniqueKeys, "A name stands there twice."),
  remove: z.array(variableKeySchema).max(mostVariables).default([]),
});

export type InspectRepositoryInput = z.infer<typeof inspectRepositoryInput>;
export type CreateServiceInput = z.infer<typeof createServiceInput>;
export type UpdateServiceInput = z.infer<typeof updateServiceInput>;
export type DeleteServiceInput = z.infer<typeof deleteServiceInput>;
export type ListServicesInput = z.infer<typeof listServicesInput>;
export type ListOrganizationServicesInput = z.infer<typeof listOrganizationServicesInput>;
export type SetVariablesInput = z.infer<typeof setVariablesInput>;

export type { ServiceHealth } from "@/domain/service-health";

export type ServiceSummary = {
  id: string;
  projectId: string;
  environmentId: string;
  name: string;
  slug: string;
  url: string;
  health: ServiceHealth;
  source: ServiceSource;
  liveDeployment: DeploymentRef | null;
  latestDeployment: DeploymentRef | null;
  /** ISO 8601: lists are read often, and come out of the database as they go over the wire. */
  createdAt: string;
};

export type DeploymentRef = {
  id: string;
  number: number;
  status: DeploymentStatus;
  commitSha: string | null;
  commitMessage: string | null;
  /** ISO 8601. */
  createdAt: string;
  finishedAt: string | null;
};

export type InstanceView = {
  name: string;
  releaseId: string;
  replica: number;
  status: string;
  exitCode: number | null;
  outOfMemory: boolean;
  restartCount: number;
  startedAt: Date | null;
  cpuMillis: number | null;
  memoryBytes: number | null;
  observedAt: Date;
};

/** A service in a list that spans projects. */
export type OrganizationServiceSummary = ServiceSummary & { projectName: string };

/** `deployment`: the first one, where it was asked for. */
export type CreatedService = { id: string; slug: string; deployment: CreatedDeployment | null };

export type ServiceView = ServiceSummary & {
  /** Whose roles count here: the interface asks it what a person may do. */
  organizationId: string;
  projectName: string;
  environmentName: string;
  build: BuildSettings;
  runtime: RuntimeSettings;
  guard: GuardSettings;
  hasGitToken: boolean;
  desiredState: "running" | "stopped" | "deleted";
  /** Which of the instances answer requests; the others are kept warm or are on their way. */
  liveReleaseId: string | null;
  /** What the live deployment was made with: its limits are in force, whatever the settings say since. */
  liveRuntime: RuntimeSettings | null;
  /** Why the newest deployment failed; null unless it did. */
  latestError: ErrorRecord | null;
  instances: InstanceView[];
  /** Settings or variables changed since the live deployment was made. */
  changedSinceLive: boolean;
};

/** Secrets come without their value. */
export type VariableView = { key: string; secret: boolean; value: string | null; updatedAt: Date };

export type InspectionView = {
  id: string;
  status: "running" | "done" | "failed";
  result: InspectionResult | null;
  error: ErrorRecord | null;
};
