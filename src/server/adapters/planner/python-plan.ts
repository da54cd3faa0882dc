import { applicationStage, owned } from "./application-stage";
import { copy, declare, dockerfile, env, execVector, from, run } from "./dockerfile-text";
import type { FileTree } from "./file-tree";
import { procfileCommand } from "./procfile";
import { planPythonPackages } from "./python-packages";
import { findPythonStart } from "./python-start";
import type { PlanInput, Recipe } from "./recipe";

const marks = ["requirements.txt", "pyproject.toml", "Pipfile", "uv.lock", "manage.py"];
const defaultVersion = "3.13";

export function detectPython({ tree, settings, environmentKeys }: PlanInput): Recipe | null {
  if (!marks.some((file) => tree.has(file))) return null;
  const found = findPythonStart(tree);
  const start = settings.startCommand ?? procfileCommand(tree) ?? found?.command ?? null;
  if (start === null) return null;
  // A script beside a package.json is more likely a tool than the application.
  if (found?.framework === "python" && start === found.command && tree.has("package.json")) return null;
  const usesFound = start === found?.command;
  const packages = planPythonPackages(tree, usesFound ? found.extra : []);
  const image = `python:${pythonVersion(tree)}${needsSystemLibraries(tree) ? "" : "-slim"}`;
  const build = [
    from(image, "build"),
    env({
      PIP_DISABLE_PIP_VERSION_CHECK: 1,
      PIP_ROOT_USER_ACTION: "ignore",
      VIRTUAL_ENV: "/venv",
      PATH: "/venv/bin:$PATH",
    }),
    run("python -m venv /venv"),
    "WORKDIR /app",
    ...(settings.installCommand === null ? (packages?.steps ?? []) : []),
    ...(settings.installCommand === null && settings.buildCommand === null
      ? []
      : [copy(["."], "./"), ...declare(environmentKeys)]),
    settings.installCommand && run(settings.installCommand),
    settings.buildCommand && run(settings.buildCommand),
  ];
  const source =
    settings.buildCommand === null ? copy(["."], "/app", [owned]) : copy(["/app"], "/app", ["--from=build", owned]);
  const files = [copy(["/venv"], "/venv", ["--from=build"]), source];
  const environment = {
    PYTHONUNBUFFERED: 1,
    PYTHONDONTWRITEBYTECODE: 1,
    PATH: "/venv/bin:$PATH",
    ...(tree.hasDirectory("src") && { PYTHONPATH: "/app:/app/src" }),
  };
  return {
    label: found?.label ?? "Python",
    framework: found?.framework ?? "python",
    packageManager: packages?.manager ?? null,
    installCommand: settings.installCommand ?? packages?.command ?? null,
    buildCommand: settings.buildCommand,
    startCommand: start,
    outputDirectory: null,
    dockerfile: dockerfile(build, applicationStage(image, environment, files, execVector(start))),
    notes: packages?.notes ?? [],
  };
}

function pythonVersion(tree: FileTree): string {
  const said = /^(?:python-)?(3\.\d{1,2})/m.exec(
    tree.read(".python-version").trim() || tree.read("runtime.txt").trim(),
  )?.[1];
  if (said !== undefined) return said;
  const least = /requires-python\s*=\s*["'][^"']*?(==|~=|<=?)\s*3\.(\d{1,2})/.exec(tree.read("pyproject.toml"));
  if (least === null) return defaultVersion;
  const minor = Number(least[2]);
  return `3.${Math.min(least[1] === "<" ? minor - 1 : minor, 13)}`;
}

/** Packages that are compiled against libraries which the slim image does not have. */
function needsSystemLibraries(tree: FileTree): boolean {
  const declared = ["requirements.txt", "pyproject.toml", "Pipfile"].map((file) => tree.read(file)).join("\n");
  return /(^|["'\s])(psycopg2|mysqlclient|uwsgi|python-ldap|pycairo)(?!-binary)\b/im.test(declared);
}
