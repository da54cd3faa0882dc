import { applicationStage, owned } from "./application-stage";
import { cacheMount, copy, declare, dockerfile, env, execVector, from, run } from "./dockerfile-text";
import type { FileTree } from "./file-tree";
import { procfileCommand } from "./procfile";
import type { PlanInput, Recipe } from "./recipe";

const defaultVersion = "3.4";
const system = (packages: string) =>
  run(`apt-get update && apt-get install --yes --no-install-recommends ${packages} && rm -rf /var/lib/apt/lists`);

export function detectRuby({ tree, settings, environmentKeys }: PlanInput): Recipe | null {
  if (!tree.has("Gemfile")) return null;
  const rails = tree.has("bin/rails") || /^\s*gem\s+["']rails["']/m.test(tree.read("Gemfile"));
  const server = rails
    ? "bundle exec rails server --binding 0.0.0.0 --port $PORT"
    : tree.has("config.ru")
      ? "bundle exec rackup --host 0.0.0.0 --port $PORT"
      : null;
  const start = settings.startCommand ?? procfileCommand(tree) ?? server;
  if (start === null) return null;
  const assets = rails && (tree.hasDirectory("app/assets") || tree.hasDirectory("app/javascript"));
  const install = settings.installCommand ?? "bundle install";
  const build =
    settings.buildCommand ?? (assets ? "SECRET_KEY_BASE_DUMMY=1 bundle exec rails assets:precompile" : null);
  const bundle = {
    BUNDLE_PATH: "/bundle",
    BUNDLE_WITHOUT: "development:test",
    ...(tree.has("Gemfile.lock") && { BUNDLE_DEPLOYMENT: 1 }),
  };
  const environment = {
    ...bundle,
    RACK_ENV: "production",
    ...(rails && { RAILS_ENV: "production", RAILS_LOG_TO_STDOUT: 1, RAILS_SERVE_STATIC_FILES: 1 }),
  };
  const image = `ruby:${rubyVersion(tree)}-slim`;
  const manifests = ["Gemfile", "Gemfile.lock", ".ruby-version"].filter((file) => tree.has(file));
  const stage = [
    from(image, "build"),
    env(environment),
    // Gems are compiled against these; PostgreSQL's and MySQL's among them.
    system("build-essential git libpq-dev libyaml-dev default-libmysqlclient-dev pkg-config"),
    "WORKDIR /app",
    ...(settings.installCommand === null
      ? [copy(manifests, "./"), run(install, [cacheMount("/root/.bundle/cache")]), copy(["."], "./")]
      : [copy(["."], "./"), run(install)]),
    ...declare(environmentKeys),
    build && run(build),
  ];
  const files = [
    system("libpq5 libmariadb3 libyaml-0-2"),
    copy(["/bundle"], "/bundle", ["--from=build"]),
    copy(["/app"], "/app", ["--from=build", owned]),
  ];
  return {
    label: rails ? "Ruby on Rails" : "Ruby",
    framework: rails ? "rails" : "ruby",
    packageManager: "Bundler",
    installCommand: install,
    buildCommand: build,
    startCommand: start,
    outputDirectory: null,
    dockerfile: dockerfile(stage, applicationStage(image, environment, files, execVector(start))),
    notes: tree.has("Gemfile.lock") ? [] : ["There is no Gemfile.lock: another build may install other versions."],
  };
}

function rubyVersion(tree: FileTree): string {
  const text =
    tree.read(".ruby-version").trim() || (/^\s*ruby\s+["']([^"']+)["']/m.exec(tree.read("Gemfile"))?.[1] ?? "");
  return /(\d\.\d+)/.exec(text)?.[1] ?? defaultVersion;
}
