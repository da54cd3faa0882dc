/** Every setting of the system, with type, range, default and meaning. The README's table is generated from this. */
import type { Setting } from "./parse";

export const settings = {
  DATABASE_URL: {
    kind: "string",
    default: null,
    secret: true,
    description:
      "PostgreSQL 16 connection string. Without it `npm start` runs an embedded server under the data directory.",
  },
  REDIS_URL: {
    kind: "string",
    default: null,
    secret: true,
    description: "Redis for caching only; without it the cache is in memory.",
  },
  SECRET_KEY: {
    kind: "string",
    default: null,
    secret: true,
    description:
      "32 bytes in base64: encrypts stored secrets and signs sessions. `npm start` makes one in the data directory.",
  },
  HELVETIA_DATA_DIR: {
    kind: "string",
    default: ".helvetia",
    description: "Directory of everything this instance keeps on disk.",
  },
  INSTANCE_ID: {
    kind: "string",
    default: "default",
    description:
      "Tells apart several instances on one Docker Engine; part of the labels of all they make. `npm start` makes one in the data directory.",
  },
  LOG_LEVEL: {
    kind: "choice",
    default: "info",
    choices: ["debug", "info", "warn", "error", "silent"],
    description: "Least severe operator log line that is written.",
  },

  WEB_PORT: { kind: "integer", default: 3000, min: 1, max: 65535, description: "Port of the dashboard and API." },
  WEB_HOST: { kind: "string", default: "127.0.0.1", description: "Address the dashboard listens on." },
  PUBLIC_URL: {
    kind: "string",
    default: null,
    shownDefault: "http://localhost:WEB_PORT",
    description: "Address of the dashboard as people type it.",
  },
  EDGE_PORT: {
    kind: "integer",
    default: 8080,
    min: 1,
    max: 65535,
    description: "Port of the embedded router: the applications.",
  },
  EDGE_HOST: { kind: "string", default: "127.0.0.1", description: "Address the embedded router listens on." },
  EDGE_TRUSTED_PROXIES: {
    kind: "string",
    default: "",
    shownDefault: "none",
    description:
      "Comma-separated addresses or CIDR ranges of proxies before the embedded router, whose X-Forwarded-* headers it believes.",
  },
  EDGE_API_PORT: {
    kind: "integer",
    default: 8082,
    min: 1,
    max: 65535,
    description: "Loopback port of the embedded router's API, which the worker asks whether a route is applied.",
  },
  EDGE_API_URL: {
    kind: "string",
    default: null,
    shownDefault: "http://127.0.0.1:EDGE_API_PORT",
    description: "The router's API (Traefik's, or the embedded router's).",
  },
  ROUTES_DIR: {
    kind: "string",
    default: null,
    shownDefault: "HELVETIA_DATA_DIR/routes",
    description: "Directory of the Traefik dynamic configuration files.",
  },
  BASE_DOMAIN: {
    kind: "string",
    default: "localhost",
    description: "Applications answer at <service>-<project>.BASE_DOMAIN.",
  },
  APPS_URL_PORT: {
    kind: "integer",
    default: 0,
    min: 0,
    max: 65535,
    shownDefault: "EDGE_PORT",
    description: "Port in the applications' addresses as people type them; 0: EDGE_PORT.",
  },
  APPS_URL_SCHEME: {
    kind: "choice",
    default: "http",
    choices: ["http", "https"],
    description: "Scheme in the applications' addresses.",
  },

  OWNER_EMAIL: {
    kind: "string",
    default: "owner@example.com",
    description: "E-mail of the owner account that the first start makes.",
  },
  OWNER_PASSWORD: {
    kind: "string",
    default: null,
    secret: true,
    shownDefault: "generated, printed once",
    description: "Password of that account.",
  },

  DOCKER_HOST: {
    kind: "string",
    default: null,
    shownDefault: "the usual sockets",
    description: "Docker Engine: unix:///path or tcp://host:port.",
  },
  CONTAINER_ADDRESSING: {
    kind: "choice",
    default: "auto",
    choices: ["auto", "bridge", "loopback"],
    description:
      "How the router reaches containers: by their address on the bridge network (Linux) or by a port published on 127.0.0.1 (Docker Desktop).",
  },
  NETWORK_POOL: {
    kind: "network",
    default: "10.192.0.0/12",
    narrowest: 24,
    description:
      "Address pool (IPv4 CIDR) of the environments' networks, a /25 each: 8,192 in a /12. `npm start` chooses a free one and keeps to it.",
  },
  HOST_FIREWALL: {
    kind: "choice",
    default: "auto",
    choices: ["auto", "off"],
    description:
      "Rules that keep applications and builds away from this server's own services; a worker that is root sets them (iptables). `off`: the operator does.",
  },
  HOST_OPEN_PORTS: {
    kind: "string",
    default: "",
    shownDefault: "none",
    description: "Comma-separated TCP ports of this server that applications may reach, beside the router's.",
  },
  IMAGE_MIRROR: {
    kind: "string",
    default: null,
    description: "Registry mirror that base images are pulled through, as host[:port][/prefix].",
  },
  EXTRA_CA_CERTS: {
    kind: "string",
    default: null,
    shownDefault: "NODE_EXTRA_CA_CERTS",
    description: "PEM file of further certificate authorities that builds must trust.",
  },
  GIT_ALLOWED_PATHS: {
    kind: "string",
    default: "",
    shownDefault: "none",
    description: "Colon-separated directories below which local repositories may be deployed.",
  },

  CONTAINER_MEMORY_LIMIT_MB: {
    kind: "integer",
    default: 512,
    min: 64,
    max: 8192,
    description: "Memory limit of a service that sets none, in MiB.",
  },
  CONTAINER_CPU_CORES: {
    kind: "float",
    default: 1,
    min: 0.1,
    max: 8,
    description: "CPU limit of a service that sets none, in cores.",
  },
  CONTAINER_PIDS_LIMIT: {
    kind: "integer",
    default: 512,
    min: 32,
    max: 32768,
    description: "Process limit of every container.",
  },
  BUILD_MEMORY_LIMIT_MB: {
    kind: "integer",
    default: 4096,
    min: 256,
    max: 65536,
    description: "Memory limit of a build, in MiB.",
  },
  BUILD_CPU_CORES: { kind: "float", default: 2, min: 0.1, max: 64, description: "CPU limit of a build, in cores." },
  BUILD_TIMEOUT_SECONDS: {
    kind: "integer",
    default: 1200,
    min: 10,
    max: 14400,
    description: "A build that takes longer is ended.",
  },
  FETCH_TIMEOUT_SECONDS: {
    kind: "integer",
    default: 300,
    min: 5,
    max: 3600,
    description: "A Git fetch that takes longer is ended.",
  },
  PULL_STALL_SECONDS: {
    kind: "integer",
    default: 120,
    min: 5,
    max: 3600,
    description: "A pull in which nothing arrives for so long is ended.",
  },
  RELEASE_TIMEOUT_SECONDS: {
    kind: "integer",
    default: 120,
    min: 5,
    max: 1800,
    description: "A deployment whose containers are not started by then has failed.",
  },
  ENGINE_TIMEOUT_SECONDS: {
    kind: "integer",
    default: 60,
    min: 2,
    max: 600,
    description: "How long the Docker Engine may leave a request without an answer.",
  },
  ENGINE_WAIT_SECONDS: {
    kind: "integer",
    default: 120,
    min: 1,
    max: 3600,
    description: "How long a deployment waits for a Docker Engine that went away to come back.",
  },
  HEALTH_TIMEOUT_SECONDS: {
    kind: "integer",
    default: 60,
    min: 1,
    max: 1800,
    description: "A new release that is not healthy by then has failed.",
  },
  ROUTE_TIMEOUT_SECONDS: {
    kind: "integer",
    default: 15,
    min: 1,
    max: 300,
    description: "How long the router may take to confirm a route.",
  },
  STATUS_LOCK_TTL_MS: {
    kind: "integer",
    default: 10000,
    min: 1000,
    max: 60000,
    description: "Lease of a worker on a service; after a crash others carry on when it lapsed.",
  },
  DEPLOY_CONCURRENCY: {
    kind: "integer",
    default: 2,
    min: 1,
    max: 32,
    description: "Deployments a worker runs at a time.",
  },
  DRAIN_GRACE_SECONDS: {
    kind: "integer",
    default: 30,
    min: 0,
    max: 3600,
    description: "How long requests under way at a cutover may take to end.",
  },
  WARM_WINDOW_SECONDS: {
    kind: "integer",
    default: 600,
    min: 0,
    max: 86400,
    description: "How long a replaced release keeps running, so that going back is a flip of the route.",
  },
  WARM_RELEASES_PER_SERVICE: {
    kind: "integer",
    default: 1,
    min: 0,
    max: 5,
    description: "How many replaced releases of a service are kept running.",
  },
  STOP_GRACE_SECONDS: {
    kind: "integer",
    default: 10,
    min: 0,
    max: 300,
    description: "Time between SIGTERM and SIGKILL for a container.",
  },
  IMAGE_RETENTION_DAYS: {
    kind: "integer",
    default: 7,
    min: 1,
    max: 90,
    description:
      "Images of former deployments are kept this long. A service's live image and the last ones that were live stay whatever their age.",
  },
  IMAGES_KEPT_PER_SERVICE: {
    kind: "integer",
    default: 5,
    min: 1,
    max: 100,
    description: "How many images of a service that were live are never removed, the live one among them.",
  },
  BUILD_CACHE_MAX_GB: {
    kind: "float",
    default: 20,
    min: 0,
    max: 10000,
    description:
      "The daily cleanup prunes the Docker Engine's build cache down to this size. The cache is the Engine's: what other builds on it left counts and goes too, never what is in use.",
  },
  DISK_CLEAN_AT: {
    kind: "disk-mark",
    default: "85%",
    description:
      "A disk of the Engine, the data directory or the database that is so full is cleaned at once: recent images go too, but never the live one or the last ones of a service.",
  },
  DISK_REFUSE_BUILDS_AT: {
    kind: "disk-mark",
    default: "95%",
    description:
      "On a disk that is so full new builds and pulls are refused, so that the database goes on working. Rolling back and restarting work.",
  },
  HISTORY_RETENTION_DAYS: {
    kind: "integer",
    default: 90,
    min: 1,
    max: 3650,
    description: "A service's history (exits, restarts, rollbacks) is kept this long, and at most 2,000 entries of it.",
  },
  LOG_RETENTION_DAYS: {
    kind: "integer",
    default: 14,
    min: 1,
    max: 365,
    description: "Build and runtime logs are kept this long.",
  },
  LOG_RETENTION_MB: {
    kind: "integer",
    default: 10240,
    min: 64,
    max: 1048576,
    description: "All logs together, uncompressed, in MB: above it the oldest lines go.",
  },
  LOG_RETENTION_MB_PER_SERVICE: {
    kind: "integer",
    default: 512,
    min: 8,
    max: 65536,
    description: "The logs of one service, likewise.",
  },
  LOG_LINES_PER_SECOND: {
    kind: "integer",
    default: 10000,
    min: 100,
    max: 100000,
    description:
      "Lines that a service may print a second, of 512 bytes on average, over ten seconds; what is more is dropped, and its log says how many lines.",
  },
  BUILD_LOG_LIMIT_MB: {
    kind: "integer",
    default: 64,
    min: 1,
    max: 1024,
    description: "The log of one build: its beginning up to here and its last 1,000 lines are kept.",
  },
} as const satisfies Record<string, Setting>;

export type SettingName = keyof typeof settings;
