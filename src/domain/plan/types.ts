/** The plain objects a deployment is made of. Everything here is JSON: it is stored in rows and shown to people. */

import type { HealthSettings } from "@/domain/health/health-settings";

/** Where the code or the image of a service comes from. */
export type ServiceSource =
  | { type: "git"; url: string; branch: string; rootDirectory: string }
  | { type: "image"; reference: string };

/** What a person may set about the build. `null`: as detected. */
export type BuildSettings = {
  builder: "auto" | "dockerfile" | "static";
  /** Relative to the root directory. */
  dockerfilePath: string | null;
  installCommand: string | null;
  buildCommand: string | null;
  startCommand: string | null;
  /** For static sites: the directory, relative to the root directory, that is served. */
  outputDirectory: string | null;
};

export type RuntimeSettings = {
  /** The port the application listens on, given to it as PORT. `null`: the image's EXPOSE, else 3000. */
  port: number | null;
  /** What must be well before traffic moves, and stay so. */
  health: HealthSettings;
  memoryMib: number;
  /** Thousandths of a core. */
  cpuMillis: number;
  replicas: number;
  /** The container cannot write to its own files, but to /tmp and /run, which are memory. */
  readOnlyRoot: boolean;
};

/** Everything a deployment freezes about its service at the moment of the trigger; the environment is stored beside it, encrypted. */
export type ServiceSnapshot = {
  source: ServiceSource;
  build: BuildSettings;
  runtime: RuntimeSettings;
  /** Host names the router sends to this service, without port. */
  hosts: string[];
};

/** Frozen environment of a deployment: name -> value, and which are secret (not given to builds, scrubbed from logs). */
export type EnvironmentVariable = { key: string; value: string; secret: boolean };

/** How a commit will be built: shown before the build and stored with the deployment. */
export type BuildPlan = {
  kind: "dockerfile" | "generated" | "image";
  /** What was recognised, as people call it: "Next.js", "Go", "Static site", "Dockerfile". */
  label: string;
  /** Machine name of the recognised framework or language: "nextjs", "go", "static". */
  framework: string | null;
  packageManager: string | null;
  /** Path of the Dockerfile in the repository, for kind "dockerfile"; relative to the root directory. */
  dockerfilePath: string | null;
  /** The Dockerfile's text: the user's own or the generated one ("show me the Dockerfile"). `null` for a prebuilt image. */
  dockerfile: string | null;
  installCommand: string | null;
  buildCommand: string | null;
  startCommand: string | null;
  outputDirectory: string | null;
  /** What is built has a HEALTHCHECK that the Engine can run. Absent in plans from before that was looked at. */
  hasHealthcheck?: boolean;
  /** The port the plan expects the application on, where the person did not say. */
  port: number;
  baseImages: string[];
  /** What a person should know: "no lockfile, versions may vary". */
  notes: string[];
};

/** One file that the platform adds to the build context (static server, CA bundle, generated Dockerfile). */
export type ContextFile = { path: string; content: string; mode?: number };

export type NetworkSpec = {
  name: string;
  /** CIDR. */
  subnet: string;
  /** Name of the network interface that the Engine's host gets for it. */
  bridge: string;
  labels: Record<string, string>;
};

/** What the Engine port is asked to run; Docker's own objects are the adapter's business. */
export type ContainerSpec = {
  name: string;
  image: string;
  /** Environment as name=value; values may be secret, so a spec is never logged whole. */
  env: Record<string, string>;
  labels: Record<string, string>;
  network: string;
  /** Other names this container answers to on its network. */
  networkAliases: string[];
  /** `null`: the image's own command. Otherwise an argument vector, never a shell line unless the person's command needs one. */
  command: string[] | null;
  port: number;
  memoryMib: number;
  cpuMillis: number;
  pidsLimit: number;
  readOnlyRoot: boolean;
  /** How the Engine runs the image's HEALTHCHECK; null: not at all. */
  healthcheck: { intervalMs: number; timeoutMs: number; startPeriodMs: number; failuresUntilUnhealthy: number } | null;
  stopGraceSeconds: number;
};

/** Where a running replica can be reached by the prober and the router. */
export type Endpoint = { host: string; port: number };

/** What the router should know of one service; rendered as a Traefik dynamic configuration file. */
export type RouteSpec = {
  serviceId: string;
  /** Release that answers; `null`: no release (stopped), the friendly page answers. */
  releaseId: string | null;
  hosts: string[];
  endpoints: Endpoint[];
  /** What the friendly page says where no release answers. */
  state: "running" | "stopped" | "crashing";
};

/** What a look at a repository found. */
export type InspectionResult = {
  branches: string[];
  branch: string;
  commitSha: string;
  commitMessage: string;
  plan: BuildPlan | null;
  /** Why there is no plan, where there is none. */
  planError: { message: string; fix: string } | null;
};

/** What a deployment's source changed against another one; the newest entries, limited in number. */
export type SourceChanges = {
  comparedWithId: string;
  commits: { sha: string; message: string; authorName: string; authoredAt: string }[];
  files: { path: string; change: "added" | "modified" | "deleted" | "renamed" }[];
};
