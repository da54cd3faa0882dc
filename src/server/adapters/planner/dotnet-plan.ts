import { applicationStage, owned } from "./application-stage";
import { cacheMount, copy, declare, dockerfile, execVector, from, run } from "./dockerfile-text";
import { procfileCommand } from "./procfile";
import type { PlanInput, Recipe } from "./recipe";

const defaultVersion = "9.0";

export function detectDotnet({ tree, settings, environmentKeys }: PlanInput): Recipe | null {
  const projects = tree.paths.filter((path) => /\.[cf]sproj$/.test(path) && !/tests?\.[cf]sproj$/i.test(path));
  const project = projects.find((path) => tree.read(path).includes("Microsoft.NET.Sdk.Web")) ?? projects[0];
  if (project === undefined) return null;
  const text = tree.read(project);
  const version = /<TargetFramework>net(\d+\.\d)</.exec(text)?.[1] ?? defaultVersion;
  const name =
    /<AssemblyName>([\w.-]+)</.exec(text)?.[1] ?? (project.split("/").at(-1) ?? "").replace(/\.[cf]sproj$/, "");
  const build = settings.buildCommand ?? `dotnet publish "${project}" --configuration Release --output /out`;
  const start = settings.startCommand ?? procfileCommand(tree) ?? `dotnet /app/${name}.dll --urls http://0.0.0.0:$PORT`;
  const stage = [
    from(`mcr.microsoft.com/dotnet/sdk:${version}`, "build"),
    "WORKDIR /app",
    copy(["."], "./"),
    ...declare(environmentKeys),
    run(build, [cacheMount("/root/.nuget/packages")]),
  ];
  return {
    label: ".NET",
    framework: "dotnet",
    packageManager: "NuGet",
    installCommand: null,
    buildCommand: build,
    startCommand: start,
    outputDirectory: null,
    dockerfile: dockerfile(
      stage,
      applicationStage(
        `mcr.microsoft.com/dotnet/aspnet:${version}`,
        { DOTNET_ENVIRONMENT: "Production" },
        [copy(["/out"], "/app", ["--from=build", owned])],
        execVector(start),
      ),
    ),
    notes: [],
  };
}
