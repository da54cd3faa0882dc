import { applicationStage, owned } from "./application-stage";
import { cacheMount, copy, declare, dockerfile, env, execVector, from, run } from "./dockerfile-text";
import type { FileTree } from "./file-tree";
import { procfileCommand } from "./procfile";
import type { PlanInput, Recipe } from "./recipe";

const defaultVersion = "1.25";
const mounts = [cacheMount("/go/pkg/mod"), cacheMount("/root/.cache/go-build")];

export function detectGo({ tree, settings, environmentKeys }: PlanInput): Recipe | null {
  if (!tree.has("go.mod")) return null;
  const main = mainPackage(tree);
  if (main === null && settings.buildCommand === null) return null;
  const version = /^go (1\.\d+)/m.exec(tree.read("go.mod"))?.[1] ?? defaultVersion;
  const install = settings.installCommand ?? "go mod download";
  const build = settings.buildCommand ?? `go build -trimpath -ldflags="-s -w" -o /out/server ${main?.path}`;
  const start = settings.startCommand ?? procfileCommand(tree) ?? "server";
  const sums = tree.has("go.sum") ? ["go.mod", "go.sum"] : ["go.mod"];
  const stage = [
    from(`golang:${version}`, "build"),
    env({ CGO_ENABLED: 0 }),
    "WORKDIR /app",
    ...(settings.installCommand === null && !tree.has("go.work")
      ? [copy(sums, "./"), run(install, mounts), copy(["."], "./")]
      : [copy(["."], "./"), run(install, mounts)]),
    ...declare(environmentKeys),
    run(build, mounts),
  ];
  // Templates and other files beside the program are often read while it runs.
  const files = [
    copy(["/app"], "/app", ["--from=build", owned]),
    ...(settings.buildCommand === null ? [copy(["/out/server"], "/usr/local/bin/server", ["--from=build"])] : []),
  ];
  return {
    label: "Go",
    framework: "go",
    packageManager: null,
    installCommand: install,
    buildCommand: build,
    startCommand: start,
    outputDirectory: null,
    dockerfile: dockerfile(stage, applicationStage("alpine:3.22", {}, files, execVector(start))),
    notes: main?.note === undefined ? [] : [main.note],
  };
}

/** The package with the program: at the root, or below cmd/. */
function mainPackage(tree: FileTree): { path: string; note?: string } | null {
  if (
    tree.has("main.go") ||
    tree.paths.some((path) => /^[^/]+\.go$/.test(path) && !path.endsWith("_test.go") && !tree.hasDirectory("cmd"))
  ) {
    return { path: "." };
  }
  const commands = [...new Set(tree.paths.flatMap((path) => /^cmd\/([\w.-]+)\/[^/]+\.go$/.exec(path)?.[1] ?? []))];
  const chosen = ["server", "web", "api", "app"].find((name) => commands.includes(name)) ?? commands[0];
  if (chosen === undefined) return null;
  const path = `./cmd/${chosen}`;
  return commands.length === 1
    ? { path }
    : { path, note: `Several programs are below cmd: ${chosen} is built. Enter a build command for another.` };
}
