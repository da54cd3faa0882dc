/**
 * What the services need of the world. Each port has one real adapter under adapters/<port>/ and, where tests want
 * one, a fake under src/testing/ports/ that passes the same contract suite. Adapters translate foreign errors into
 * AppErrors; every method that takes a signal rejects with the signal's reason soon after it aborts.
 */
import type { Listener } from "@/domain/deployment/decision";
import type { DiskSpace } from "@/domain/disk";
import type { EngineHealth } from "@/domain/health/engine-health";
import type { OutsideCheck } from "@/domain/health/health-settings";
import type {
  BuildPlan,
  BuildSettings,
  ContainerSpec,
  ContextFile,
  Endpoint,
  NetworkSpec,
  RouteSpec,
} from "@/domain/plan/types";
import type { Secret } from "@/domain/secret";
import type { TrafficBucket } from "@/domain/traffic/bucket";

export type { Listener };

export type Clock = { now(): Date };

export type LogStream = "stdout" | "stderr" | "system";
/**
 * `source`: of several that print side by side, which one; what one of them prints is one text. `partial`: a piece of a
 * long line, which goes on in the next one of its stream and source.
 */
export type LogLine = { at: Date; stream: LogStream; text: string; source?: string; partial?: true };
/** Takes a line. What it returns is awaited before the next one: a sink that is full makes the writer wait. */
export type LineSink = (line: LogLine) => unknown;

// Engine: one Docker host today; Swarm will be a second adapter.

export type ImageInfo = {
  /** By which its registry knows it under this name; null: it was made here, or came under another name. */
  digest: string | null;
  id: string;
  reference: string;
  sizeBytes: number;
  exposedPorts: number[];
  /** Whether it has a HEALTHCHECK that the Engine can run. */
  hasHealthcheck: boolean;
  labels: Record<string, string>;
};

/** What a list says of an image. */
export type ListedImage = Pick<ImageInfo, "id" | "reference" | "sizeBytes" | "labels">;

export type NetworkInfo = { name: string; bridge: string; labels: Record<string, string> };

/** `steps`: those of the Dockerfile that do something (FROM is none), and how many of them came from the cache. */
export type BuiltImage = ImageInfo & { steps: { total: number; cached: number } };

export type ContainerState = {
  name: string;
  containerId: string;
  labels: Record<string, string>;
  status: "created" | "running" | "paused" | "restarting" | "exited" | "dead";
  exitCode: number | null;
  outOfMemory: boolean;
  restartCount: number;
  /** Whether the Engine starts it again when it ends by itself. */
  supervised: boolean;
  startedAt: Date | null;
  finishedAt: Date | null;
  /** Where prober and router reach it; `null` unless it runs. */
  endpoint: Endpoint | null;
  /** What the Engine found by the image's HEALTHCHECK; `null` where it runs none. */
  health: EngineHealth | null;
};

export type BuildRequest = {
  /** The service's root directory as checked out; sent as the build context, .dockerignore respected. */
  contextDirectory: string;
  /** Files laid over the context; they win over files of the same path. */
  files: ContextFile[];
  dockerfilePath: string;
  reference: string;
  labels: Record<string, string>;
  buildArgs: Record<string, string>;
  memoryMib: number;
  cpuMillis: number;
};

export type ContainerStats = { cpuMillis: number; memoryBytes: number; networkRxBytes: number; networkTxBytes: number };

export type EngineEvent = {
  at: Date;
  type: "container";
  action: string;
  name: string;
  containerId: string;
  labels: Record<string, string>;
  /** Of a "die". */
  exitCode: number | null;
  /** Number of the signal that somebody had sent: of a "kill". */
  signal: number | null;
};

export type EngineUsage = {
  /** By id: what an image shares with no other. */
  imageOwnBytes: Map<string, number>;
  /** Without what images share. `unusedBytes`: of it, what no build uses at this moment. */
  buildCache: { totalBytes: number; unusedBytes: number };
};

export interface Engine {
  /** Throws engine_unavailable. */
  ping(signal?: AbortSignal): Promise<{ version: string; apiVersion: string }>;

  /** The image as the Engine has it, or null. `reference` is a name:tag, name@digest or id. */
  findImage(reference: string): Promise<ImageInfo | null>;
  /**
   * The image that a registry has under this name now (through IMAGE_MIRROR where set). Where none gives it and the Engine
   * has one of that name, that is the one, and `onLine` is told so. Throws image_not_found, image_access_denied,
   * base_image_unavailable, disk_full.
   */
  pullImage(reference: string, onLine: (line: LogLine) => void, signal: AbortSignal): Promise<ImageInfo>;
  /** Builds and tags. Throws build_failed (details.exitCode, details.command), build_out_of_memory, base_image_unavailable, dockerfile_not_found, disk_full. Abort ends this build alone. */
  buildImage(request: BuildRequest, onLine: LineSink, signal: AbortSignal): Promise<BuiltImage>;
  removeImage(reference: string): Promise<void>;
  listImages(labels: Record<string, string>): Promise<ListedImage[]>;

  /** Finds it by name or creates it. Throws subnet_taken where another network overlaps. */
  ensureNetwork(spec: NetworkSpec): Promise<void>;
  /** Removing what is not there succeeds: so for networks, images and containers. */
  removeNetwork(name: string): Promise<void>;
  listNetworks(labels: Record<string, string>): Promise<NetworkInfo[]>;
  /** The machine's interface of the network that builds run on. Null where the networks are not this machine's own. */
  hostNetwork(): Promise<{ buildBridge: string | null } | null>;
  /**
   * Address ranges (CIDR) that a new network must not take: those of every network of the Engine and, where it runs on
   * this machine, those of the machine's routes, addresses, gateways and name servers.
   */
  usedSubnets(): Promise<string[]>;

  /** Finds or creates the container of this name, then starts it if it does not run. A new one is not supervised. */
  ensureContainer(spec: ContainerSpec, signal?: AbortSignal): Promise<ContainerState>;
  /**
   * Has the Engine start it again whenever it ends by itself, from now on. One that ended before stays down, and one that
   * is not there is left so.
   */
  superviseContainer(name: string): Promise<void>;
  findContainer(name: string): Promise<ContainerState | null>;
  listContainers(labels: Record<string, string>): Promise<ContainerState[]>;
  /** SIGTERM, then SIGKILL after the grace. Stopping what does not run or is not there succeeds. */
  stopContainer(name: string, graceSeconds: number): Promise<void>;
  removeContainer(name: string): Promise<void>;

  /** Lines in order from (and excluding) the cursor; the cursor is opaque. Ends when the container ends or the signal aborts. */
  followLogs(name: string, cursor: string | null, signal: AbortSignal): AsyncIterable<LogLine & { cursor: string }>;
  /** The last `count` lines (pieces of long ones) printed until now; none where there is no such container. */
  tailLogs(name: string, count: number, signal: AbortSignal): Promise<LogLine[]>;
  stats(name: string): Promise<ContainerStats | null>;
  /** Where what runs in it listens for TCP; null where that cannot be told. */
  listListeners(name: string): Promise<Listener[] | null>;
  /**
   * Container events from now on, or from `since` on as far as the Engine remembers (some 256), for containers with the
   * managed label. Ends by throwing engine_unavailable when the connection is lost.
   */
  events(signal: AbortSignal, since?: Date): AsyncIterable<EngineEvent>;
  /** Of the file system where the Engine keeps images, or null where that cannot be told. */
  diskSpace(): Promise<DiskSpace | null>;
  /** Slow: the Engine measures for it. */
  usage(signal?: AbortSignal): Promise<EngineUsage>;
  /**
   * Removes unused build cache, what was used longest ago first, until `keepBytes` are left; returns the bytes that became
   * free. The cache is the whole Engine's, whoever builds on it.
   */
  pruneBuildCache(keepBytes: number, signal?: AbortSignal): Promise<number>;
}

// Git

export type GitLocation = { url: string; token: Secret | null };
export type Commit = { sha: string; message: string; authorName: string; authoredAt: Date };

/** A bare mirror on this machine's disk. `url` null: it does not say whose it is. */
export type MirrorInfo = { name: string; url: string | null; sizeBytes: number; usedAt: Date };

export interface Git {
  /**
   * Fetches into the repository's bare mirror and returns the tip of the branch (or, with `sha`, that commit).
   * Throws repository_unreachable, repository_not_found, repository_access_denied, repository_not_allowed, branch_not_found, commit_not_found.
   */
  fetch(
    location: GitLocation,
    ref: { branch: string; sha?: string },
    onLine: (line: LogLine) => void,
    signal: AbortSignal,
  ): Promise<Commit>;
  /** Branch names of the remote, and its default branch. */
  branches(location: GitLocation, signal: AbortSignal): Promise<{ branches: string[]; defaultBranch: string | null }>;
  /** Object name of the tree of `directory` ("" is the root) at the commit, from the mirror: equal trees are equal content. Throws root_directory_not_found. */
  treeHash(location: GitLocation, sha: string, directory: string): Promise<string>;
  /** Writes the files of `directory` at the commit into an empty `target`. Symlinks that lead outside it are refused (invalid_input). */
  checkout(location: GitLocation, sha: string, directory: string, target: string, signal: AbortSignal): Promise<void>;
  /** Commits between two, newest first, at most `limit`: what a deployment changed. */
  log(location: GitLocation, from: string | null, to: string, limit: number): Promise<Commit[]>;
  /** Files that differ between two commits below `directory`, at most `limit`. */
  changedFiles(
    location: GitLocation,
    from: string,
    to: string,
    directory: string,
    limit: number,
  ): Promise<{ path: string; change: "added" | "modified" | "deleted" | "renamed" }[]>;
  /** All mirrors on this machine. */
  mirrors(): Promise<MirrorInfo[]>;
  /** What a repository's mirror is called; null for one that may not or cannot be fetched. */
  mirrorName(location: GitLocation): Promise<string | null>;
  /** Removes a mirror that was not used since, never one that is being fetched into; returns whether it went. */
  removeMirror(name: string, unusedSince: Date): Promise<boolean>;
}

// Edge: the router. Traefik in production, the embedded edge on a laptop; both read the same files and answer the same API.

export type TrafficReading = {
  /** Names the run of the router that counted: another run knows nothing of what this one counted. */
  countedBy: string;
  /** When that run began. */
  startedAt: Date;
  /** Every request from here on is in the buckets; of the time before, nothing is known. */
  countedSince: Date;
  readAt: Date;
  /** The newest may still grow; a backend without requests has none. */
  buckets: TrafficBucket[];
  /** A router without a memory of its own has to be read at least so often, in ms, also when nobody asks; null: it keeps. */
  rereadWithinMs: number | null;
};

export interface Edge {
  /** Writes the service's route file atomically; the same route again is a no-op. */
  publish(route: RouteSpec): Promise<void>;
  /** Removes the service's route file. */
  unpublish(serviceId: string): Promise<void>;
  /** Resolves once the router says that it applied this route. Throws route_not_applied after `timeoutMs`. */
  confirm(route: RouteSpec, timeoutMs: number, signal: AbortSignal): Promise<void>;
  /** Requests, streams and WebSockets under way to these endpoints; null where the router cannot tell. Throws router_unavailable; so does cut. */
  inFlight(endpoints: Endpoint[]): Promise<number | null>;
  /** Ends what is still under way to these endpoints; returns how many were cut, null where the router cannot tell. */
  cut(endpoints: Endpoint[]): Promise<number | null>;
  /**
   * What these backends (by the names that routes carry) were asked and answered, in buckets of ten seconds, from that
   * which holds `since` on. Null where the router cannot tell. Throws router_unavailable.
   */
  records(backends: string[], since: Date): Promise<TrafficReading | null>;
  /** Service ids that have a route file now. */
  list(): Promise<string[]>;
  /** Whether the service's route file says this, to the letter. What the router made of it is not asked. */
  holds(route: RouteSpec): Promise<boolean>;
}

// Firewall of the machine that the Engine's networks are on.

export type FirewallRequest = {
  instanceId: string;
  /** Interfaces of the environments' networks; a "+" at the end stands for any ending. */
  applicationBridges: string[];
  /** Interface of the network that builds run on; null where they have none. */
  buildBridge: string | null;
  /** TCP ports of this machine that applications may reach. */
  openPorts: number[];
  /** Where the platform's own parts listen: host name or address, on this machine or another. */
  platform: { host: string; port: number }[];
};

export interface Firewall {
  /** Makes exactly these rules hold for the instance, whatever held before. Throws firewall_unavailable. */
  apply(request: FirewallRequest): Promise<void>;
  /** Takes every rule of the instance away. Throws firewall_unavailable. */
  clear(instanceId: string): Promise<void>;
}

// Prober: asks a replica from outside the container, on the path the router will use.

export type ProbeResult =
  | { ok: true }
  | { ok: false; reason: "refused" | "timeout" | "status" | "reset"; status?: number; body?: string };

export interface Prober {
  /**
   * One attempt: GET of the check's path answers with a status it wants within `timeoutMs`, or a TCP connection opens.
   * `hostName` is the Host header, as the router will send it: frameworks refuse names they do not know.
   */
  probe(
    endpoint: Endpoint,
    check: OutsideCheck,
    timeoutMs: number,
    signal: AbortSignal,
    hostName?: string,
  ): Promise<ProbeResult>;
  /**
   * Those of the candidate ports that accept connections, in the order given: where an application listens instead of
   * where it was told to. Empty on loopback, where the ports are this machine's, not the container's.
   */
  openPorts(host: string, candidates: number[], signal: AbortSignal): Promise<number[]>;
}

// Planner: looks at a checked-out directory and says how to build it.

export interface Planner {
  plan(
    directory: string,
    settings: BuildSettings,
    environmentKeys: string[],
  ): Promise<{ plan: BuildPlan; files: ContextFile[] }>;
}

// Cache: may vanish at any moment without loss. Values are JSON.

export interface Cache {
  get<T>(key: string): Promise<T | null>;
  set(key: string, value: unknown, ttlMs: number): Promise<void>;
  delete(key: string): Promise<void>;
}
