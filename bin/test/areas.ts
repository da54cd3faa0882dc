/** What `npm test -- AREA` runs: test files by the beginning of their path, and whether the journeys and the chaos run are part of it. */
export type Area = { what: string; paths: string[]; checks?: boolean; journeys?: boolean; chaos?: boolean };

export const areas = {
  checks: { what: "format, lint, import rules, types", paths: [], checks: true },
  "main-job": {
    what: "from a repository to a routed application: state machine, services, jobs, adapters, router, journeys",
    paths: ["src/domain", "src/server", "src/testing", "worker"],
    journeys: true,
  },
  engine: {
    what: "deployments, releases, logs, retention, Docker; what breaks beside them (npm run chaos, one round)",
    paths: [
      "src/domain",
      "src/server/adapters/docker",
      "src/server/adapters/firewall",
      "src/server/adapters/prober",
      "src/server/jobs",
      ...[
        "build-queue",
        "converge",
        "deployment",
        "disk",
        "guard",
        "instance",
        "lease",
        "log",
        "release",
        "retention",
        "service-event",
        "stray",
        "traffic",
        "worker",
      ].map((room) => `src/server/services/${room}`),
      "src/testing",
      "worker",
      "bin/isolation",
    ],
    chaos: true,
  },
  git: {
    what: "Git and the build planner",
    paths: ["src/server/adapters/git", "src/server/adapters/planner", "src/server/git"],
  },
  router: {
    what: "routes and the embedded router; its process killed and ended under load",
    paths: [
      "src/domain/plan",
      "src/server/adapters/edge",
      "src/server/edge",
      "worker/edge",
      "bin/start/router-",
      "bin/start/stop-",
    ],
  },
  people: {
    what: "sign-in, sessions, organizations, members, invitations, the API's permission matrix",
    paths: [
      "src/server/auth",
      "src/server/api",
      "src/server/services/session",
      ...["access", "invitation", "member", "organization", "user"].map((name) => `src/server/services/${name}`),
      "src/domain/permissions",
    ],
  },
  interface: { what: "components and screens", paths: ["src/ui", "src/features", "src/app"] },
  commands: { what: "npm start and the other commands", paths: ["bin"] },
  journeys: { what: "the whole system in Chromium", paths: [], journeys: true },
} as const satisfies Record<string, Area>;

export type AreaName = keyof typeof areas;

export function isAreaName(name: string): name is AreaName {
  return Object.hasOwn(areas, name);
}

export function describeAreas(): string {
  const width = Math.max(...Object.keys(areas).map((name) => name.length));
  return Object.entries(areas)
    .map(([name, { what }]) => `${name.padEnd(width)}  ${what}`)
    .join("\n");
}
