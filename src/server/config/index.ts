/** The only reader of process.env. `readConfig` is pure, so tests give it an environment of their own. */
import path from "node:path";
import { Secret } from "@/domain/secret";
import { parseSetting, type ValueOf } from "./parse";
import { type SettingName, settings } from "./settings";

type Raw = { [N in SettingName]: ValueOf<(typeof settings)[N]> };

export type Config = ReturnType<typeof deriveConfig>;

export function readConfig(environment: Record<string, string | undefined>): { config: Config; warnings: string[] } {
  const warnings: string[] = [];
  const raw: Partial<Record<SettingName, unknown>> = {};
  for (const name of Object.keys(settings) as SettingName[]) {
    const { value, warning } = parseSetting(name, settings[name], environment[name]);
    raw[name] = value;
    if (warning) warnings.push(warning);
  }
  const config = deriveConfig(raw as Raw, environment); // safe because the loop filled every name with its own type
  return { config, warnings };
}

/** What programs that we start (git) get of our environment: where to find programs, the way out, and whom to trust. */
const inheritedNames = [
  ...["PATH", "TMPDIR", "SSL_CERT_FILE", "SSL_CERT_DIR", "GIT_SSL_CAINFO", "SSH_AUTH_SOCK"],
  ...["http_proxy", "https_proxy", "no_proxy", "HTTPS_PROXY", "NO_PROXY", "all_proxy"],
];

function inheritedEnvironment(environment: Record<string, string | undefined>): Record<string, string> {
  const inherited: Record<string, string> = {};
  for (const name of inheritedNames) {
    const value = environment[name];
    if (value !== undefined && value !== "") inherited[name] = value;
  }
  return inherited;
}

function deriveConfig(raw: Raw, environment: Record<string, string | undefined>) {
  // The comments keep the build of the web from taking every file that such a path could name along.
  const dataDir = path.resolve(/* turbopackIgnore: true */ raw.HELVETIA_DATA_DIR);
  const appsPort = raw.APPS_URL_PORT === 0 ? raw.EDGE_PORT : raw.APPS_URL_PORT;
  const standardPort = raw.APPS_URL_SCHEME === "https" ? 443 : 80;
  return {
    databaseUrl: raw.DATABASE_URL === null ? null : new Secret(raw.DATABASE_URL),
    redisUrl: raw.REDIS_URL === null ? null : new Secret(raw.REDIS_URL),
    secretKey: raw.SECRET_KEY === null ? null : new Secret(raw.SECRET_KEY),
    dataDir,
    instanceId: raw.INSTANCE_ID,
    logLevel: raw.LOG_LEVEL,
    production: environment.NODE_ENV === "production",
    web: { host: raw.WEB_HOST, port: raw.WEB_PORT, publicUrl: raw.PUBLIC_URL ?? `http://localhost:${raw.WEB_PORT}` },
    edge: {
      host: raw.EDGE_HOST,
      port: raw.EDGE_PORT,
      apiPort: raw.EDGE_API_PORT,
      trustedProxies: raw.EDGE_TRUSTED_PROXIES.split(",").flatMap((entry) => entry.trim() || []),
      apiUrl: raw.EDGE_API_URL ?? `http://127.0.0.1:${raw.EDGE_API_PORT}`,
      routesDir: path.resolve(
        /* turbopackIgnore: true */ raw.ROUTES_DIR ?? path.join(/* turbopackIgnore: true */ dataDir, "routes"),
      ),
    },
    apps: {
      baseDomain: raw.BASE_DOMAIN,
      scheme: raw.APPS_URL_SCHEME,
      port: appsPort,
      /** ":8080", or "" where the scheme's own port is used. */
      portSuffix: appsPort === standardPort ? "" : `:${appsPort}`,
    },
    owner: { email: raw.OWNER_EMAIL, password: raw.OWNER_PASSWORD === null ? null : new Secret(raw.OWNER_PASSWORD) },
    docker: {
      host: raw.DOCKER_HOST,
      answerTimeoutMs: raw.ENGINE_TIMEOUT_SECONDS * 1000,
      pullStallMs: raw.PULL_STALL_SECONDS * 1000,
      addressing: raw.CONTAINER_ADDRESSING,
      networkPool: raw.NETWORK_POOL,
      firewall: raw.HOST_FIREWALL,
      hostOpenPorts: raw.HOST_OPEN_PORTS.split(",")
        .map(Number)
        .filter((port) => Number.isInteger(port) && port > 0 && port < 65536),
      imageMirror: raw.IMAGE_MIRROR,
      extraCaCerts: raw.EXTRA_CA_CERTS ?? environment.NODE_EXTRA_CA_CERTS ?? null,
    },
    git: {
      mirrorsDir: path.join(/* turbopackIgnore: true */ dataDir, "mirrors"),
      allowedPaths: raw.GIT_ALLOWED_PATHS.split(":").filter((entry) => entry !== ""),
    },
    inheritedEnvironment: inheritedEnvironment(environment),
    buildsDir: path.join(/* turbopackIgnore: true */ dataDir, "builds"),
    limits: {
      containerMemoryMib: raw.CONTAINER_MEMORY_LIMIT_MB,
      containerCpuMillis: Math.round(raw.CONTAINER_CPU_CORES * 1000),
      containerPids: raw.CONTAINER_PIDS_LIMIT,
      buildMemoryMib: raw.BUILD_MEMORY_LIMIT_MB,
      buildCpuMillis: Math.round(raw.BUILD_CPU_CORES * 1000),
    },
    deploy: {
      concurrency: raw.DEPLOY_CONCURRENCY,
      leaseTtlMs: raw.STATUS_LOCK_TTL_MS,
      fetchTimeoutMs: raw.FETCH_TIMEOUT_SECONDS * 1000,
      buildTimeoutMs: raw.BUILD_TIMEOUT_SECONDS * 1000,
      releaseTimeoutMs: raw.RELEASE_TIMEOUT_SECONDS * 1000,
      engineWaitMs: raw.ENGINE_WAIT_SECONDS * 1000,
      healthTimeoutMs: raw.HEALTH_TIMEOUT_SECONDS * 1000,
      routeTimeoutMs: raw.ROUTE_TIMEOUT_SECONDS * 1000,
      drainGraceMs: raw.DRAIN_GRACE_SECONDS * 1000,
      warmWindowMs: raw.WARM_WINDOW_SECONDS * 1000,
      warmReleases: raw.WARM_RELEASES_PER_SERVICE,
      stopGraceSeconds: raw.STOP_GRACE_SECONDS,
    },
    retention: {
      imageDays: raw.IMAGE_RETENTION_DAYS,
      imagesPerService: raw.IMAGES_KEPT_PER_SERVICE,
      buildCacheBytes: Math.round(raw.BUILD_CACHE_MAX_GB * 2 ** 30),
      logDays: raw.LOG_RETENTION_DAYS,
      historyDays: raw.HISTORY_RETENTION_DAYS,
    },
    diskMarks: { clean: raw.DISK_CLEAN_AT, refuse: raw.DISK_REFUSE_BUILDS_AT },
    logs: {
      totalBytes: raw.LOG_RETENTION_MB * 1e6,
      serviceBytes: raw.LOG_RETENTION_MB_PER_SERVICE * 1e6,
      linesPerSecond: raw.LOG_LINES_PER_SECOND,
      buildBytes: raw.BUILD_LOG_LIMIT_MB * 1e6,
    },
  };
}

let loaded: { config: Config; warnings: string[] } | undefined;

/** The configuration of this process, read once. */
export function loadConfig(): { config: Config; warnings: string[] } {
  loaded ??= readConfig(process.env);
  return loaded;
}

/** next-auth takes its own address from the environment and from nowhere else. */
export function announceToNextAuth(config: Config): void {
  process.env.NEXTAUTH_URL = config.web.publicUrl;
}
