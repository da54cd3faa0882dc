import { applicationStage, owned } from "./application-stage";
import { cacheMount, copy, declare, dockerfile, execVector, from, run } from "./dockerfile-text";
import { type FileTree, readJsonObject } from "./file-tree";
import { procfileCommand } from "./procfile";
import type { PlanInput, Recipe } from "./recipe";

const defaultVersion = "8.4";

export function detectPhp({ tree, settings, environmentKeys }: PlanInput): Recipe | null {
  const usesComposer = tree.has("composer.json");
  const root = ["public", "web", ""].find((place) => tree.has(place === "" ? "index.php" : `${place}/index.php`));
  if (!usesComposer && root === undefined) return null;
  const server = root === undefined ? null : `frankenphp php-server --listen :$PORT --root ${root === "" ? "." : root}`;
  const start = settings.startCommand ?? procfileCommand(tree) ?? server;
  if (start === null) return null;
  const laravel = tree.has("artisan");
  const symfony = tree.has("symfony.lock");
  const install =
    settings.installCommand ??
    (usesComposer
      ? "composer install --no-dev --no-interaction --no-scripts --optimize-autoloader --ignore-platform-reqs"
      : null);
  const stage = [
    from("composer:2", "build"),
    "WORKDIR /app",
    copy(["."], "./"),
    ...declare(environmentKeys),
    install && run(install, [cacheMount("/tmp/cache")]),
    settings.buildCommand && run(settings.buildCommand),
  ];
  const extensions = [...new Set([...requiredExtensions(tree), ...(laravel ? ["pdo_mysql", "pdo_pgsql"] : [])])];
  const files = [
    // The server may bind to low ports by a capability of its file, which containers here do not have.
    run("setcap -r /usr/local/bin/frankenphp"),
    ...(extensions.length === 0 ? [] : [run(`install-php-extensions ${extensions.join(" ")}`)]),
    copy(["/app"], "/app", ["--from=build", owned]),
  ];
  const environment = { ...(laravel && { LOG_CHANNEL: "stderr" }), XDG_CONFIG_HOME: "/tmp", XDG_DATA_HOME: "/tmp" };
  return {
    label: laravel ? "Laravel" : symfony ? "Symfony" : "PHP",
    framework: laravel ? "laravel" : symfony ? "symfony" : "php",
    packageManager: usesComposer ? "Composer" : null,
    installCommand: install,
    buildCommand: settings.buildCommand,
    startCommand: start,
    outputDirectory: null,
    dockerfile: dockerfile(
      stage,
      applicationStage(`dunglas/frankenphp:1-php${phpVersion(tree)}`, environment, files, execVector(start)),
    ),
    notes:
      usesComposer && !tree.has("composer.lock")
        ? ["There is no composer.lock: another build may install other versions."]
        : [],
  };
}

function phpVersion(tree: FileTree): string {
  const range = String(requirements(tree).php ?? "");
  const wanted = /8\.(\d)/.exec(range)?.[0];
  const atLeast = /^\s*(>=|\^)/.test(range);
  return wanted === undefined || (atLeast && wanted < defaultVersion) ? defaultVersion : wanted;
}

function requirements(tree: FileTree): Record<string, unknown> {
  const required = readJsonObject(tree, "composer.json")?.require;
  return typeof required === "object" && required !== null ? { ...required } : {};
}

function requiredExtensions(tree: FileTree): string[] {
  return Object.keys(requirements(tree)).flatMap((name) => /^ext-([a-z0-9_]+)$/.exec(name)?.[1] ?? []);
}
