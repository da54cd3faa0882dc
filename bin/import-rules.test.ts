/** Feeds the linter bad imports and sees it bite: a rule that nobody tested may have stopped matching long ago. */
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

type Room = { file: string; good: string[]; bad: string[] };

const rooms: Room[] = [
  {
    file: "src/domain/deployment/room.ts",
    good: ["@/domain/errors", "./near"],
    bad: ["@/contracts/x", "@/server/log", "node:fs", "zod", "../errors"],
  },
  {
    file: "src/contracts/room.ts",
    good: ["@/domain/ids", "@/contracts/x", "zod", "./near"],
    bad: ["@/server/log", "@/ui/x", "react", "../domain/ids"],
  },
  {
    file: "src/server/jobs/room.ts",
    good: ["@/server/db/client", "@/domain/ids", "node:fs", "pg"],
    bad: ["@/server/adapters/docker/x", "@/server/api/root", "next/headers", "react", "../log"],
  },
  {
    file: "src/server/room.ts",
    good: ["@/server/db/client", "node:crypto"],
    bad: ["@/server/adapters/git/x", "@/features/x", "server-only", "next-auth"],
  },
  {
    file: "src/server/container.ts",
    good: ["@/server/adapters/docker/x", "@/server/db/client"],
    bad: ["@/server/api/root", "@/server/auth/x", "@/features/x", "next", "react"],
  },
  {
    file: "src/server/adapters/docker/room.ts",
    good: ["@/domain/errors", "@/server/ports", "@/server/config", "dockerode", "./near"],
    bad: ["@/server/db/client", "@/server/adapters/git/x", "@/server/services/a/b", "drizzle-orm", "../git/x", "next"],
  },
  {
    file: "src/server/edge-router/room.ts",
    good: ["@/domain/naming", "@/server/log", "@/server/edge-api", "httpxy", "./near"],
    bad: [
      "@/server/db/client",
      "@/server/adapters/edge/x",
      "@/server/services/a/b",
      "@/contracts/x",
      "pg",
      "dockerode",
    ],
  },
  {
    file: "src/server/services/project/room.ts",
    good: ["@/contracts/project", "@/server/db/client", "@/server/ports", "drizzle-orm", "@/server/services/audit/x"],
    bad: [
      "@/server/adapters/docker/x",
      "@/server/api/root",
      "@/server/container",
      "@trpc/server",
      "next",
      "react",
      "dockerode",
    ],
  },
  {
    file: "src/server/jobs/handlers/room.ts",
    good: ["@/contracts/project", "@/server/services/project/x"],
    bad: ["@/server/db/client", "drizzle-orm", "@/server/adapters/docker/x", "react", "../catalog"],
  },
  {
    file: "src/server/api/routers/room.ts",
    good: ["@/contracts/project", "@/server/services/project/x", "@trpc/server"],
    bad: ["@/server/db/client", "@/server/adapters/docker/x", "drizzle-orm/pg-core", "react", "@/features/x"],
  },
  {
    file: "src/server/auth/room.ts",
    good: ["next-auth", "@/server/services/user/x"],
    bad: ["@/server/adapters/docker/x", "@/server/api/root", "react", "@/ui/x"],
  },
  {
    file: "src/features/projects/room.tsx",
    good: ["@/contracts/project", "@/ui/button", "react", "@/features/api/x"],
    bad: ["@/server/services/project/x", "@/server/api/root", "@/app/x", "../x"],
  },
  { file: "src/features/api/room.ts", good: ["@/server/api/root"], bad: ["@/server/db/client", "@/app/x"] },
  { file: "src/ui/room.tsx", good: ["react", "@/ui/button", "./near"], bad: ["@/domain/ids", "@/features/x", "../x"] },
  {
    file: "src/app/room.tsx",
    good: ["@/features/projects/x", "@/ui/button", "@/server/api/caller", "@/server/auth/x"],
    bad: ["@/server/db/client", "@/server/services/project/x", "@/server/adapters/docker/x"],
  },
  {
    file: "worker/room.ts",
    good: ["@/server/container", "@/server/adapters/docker/x", "graphile-worker"],
    bad: [
      "next",
      "next/server",
      "react",
      "react-dom/server",
      "next-auth",
      "server-only",
      "@/server/api/root",
      "@/ui/x",
      "../src/x",
    ],
  },
  { file: "bin/room.ts", good: ["@/server/config", "./start/x"], bad: ["../src/server/config"] },
  {
    file: "src/server/services/project/room.test.ts",
    good: ["@/testing/database"],
    bad: ["../../../testing/database"],
  },
];

/** A file of the tiny project for each import, so that a finding names the import it is about. */
const files = new Map<string, string>();
function importFile(room: Room, specifier: string): string {
  const { dir, name, ext } = path.parse(room.file);
  const suffix = specifier.replaceAll(/[^a-z]+/g, "-").replaceAll(/^-|-$/g, "");
  // container.ts has rules of its own by its name, so there the imports share a file.
  return name === "container" ? room.file : `${dir}/${name.replace("room", `room-${suffix}`)}${ext}`;
}

const cycle = ["src/server/services/a/one.ts", "src/server/services/a/two.ts"] as const;
let findings: { path: string; rule: string; line: number }[];
let project: string;

beforeAll(() => {
  project = mkdtempSync(path.join(tmpdir(), "helvetia-rules-"));
  for (const room of rooms) {
    for (const specifier of [...room.good, ...room.bad]) {
      const file = importFile(room, specifier);
      files.set(file, `${files.get(file) ?? ""}export * from "${specifier}";\n`);
    }
  }
  files.set(cycle[0], `import { two } from "./two";\n\nexport const one = () => two;\n`);
  files.set(cycle[1], `import { one } from "./one";\n\nexport const two = () => one;\n`);
  files.set("src/server/reads-environment.ts", "export const home = process.env.HOME;\n");
  files.set("src/server/config/index.ts", "export const home = process.env.HOME;\n");
  files.set("src/domain/types-only.ts", `import type { Logger } from "@/server/log";\n\nexport type Bad = Logger;\n`);
  for (const [file, text] of files) {
    mkdirSync(path.join(project, path.dirname(file)), { recursive: true });
    writeFileSync(path.join(project, file), text);
  }
  for (const file of ["biome.json", ".gitignore"]) copyFileSync(file, path.join(project, file));
  mkdirSync(path.join(project, ".git")); // Biome looks for the ignore file where a repository is.
  findings = lint(project);
});
afterAll(() => rmSync(project, { recursive: true, force: true }));

function lint(directory: string): typeof findings {
  const biome = path.resolve("node_modules/@biomejs/biome/bin/biome");
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [biome, "lint", "--reporter=json", "--max-diagnostics=none", "."],
    { cwd: directory, encoding: "utf8" },
  );
  try {
    const { diagnostics } = JSON.parse(stdout) as {
      diagnostics: { category: string; location: { path: string; start: { line: number } } }[];
    }; // safe because it is biome's own report
    return diagnostics.map(({ category, location }) => ({
      path: location.path,
      rule: category,
      line: location.start.line,
    }));
  } catch {
    throw new Error(`biome gave no report: ${stderr}`);
  }
}

function isRefused(room: Room, specifier: string): boolean {
  const file = importFile(room, specifier);
  const line = (files.get(file) ?? "").split("\n").indexOf(`export * from "${specifier}";`) + 1;
  return findings.some(
    (found) => found.path === file && found.line === line && found.rule === "lint/style/noRestrictedImports",
  );
}

describe.each(rooms)("$file", (room) => {
  it.each(room.good)("may import %s", (specifier) => expect(isRefused(room, specifier)).toBe(false));
  it.each(room.bad)("may not import %s", (specifier) => expect(isRefused(room, specifier)).toBe(true));
});

function rulesFor(file: string): string[] {
  return findings.filter((found) => found.path === file).map(({ rule }) => rule);
}

it("refuses cycles", () => {
  for (const file of cycle) expect(rulesFor(file)).toContain("lint/suspicious/noImportCycles");
});

it("refuses imports of types as well", () => {
  expect(rulesFor("src/domain/types-only.ts")).toContain("lint/style/noRestrictedImports");
});

it("lets the configuration alone read the environment", () => {
  expect(rulesFor("src/server/reads-environment.ts")).toContain("lint/style/noProcessEnv");
  expect(rulesFor("src/server/config/index.ts")).not.toContain("lint/style/noProcessEnv");
});
