import { applicationStage, owned } from "./application-stage";
import { cacheMount, copy, declare, dockerfile, execVector, from, run } from "./dockerfile-text";
import type { FileTree } from "./file-tree";
import { procfileCommand } from "./procfile";
import type { PlanInput, Recipe } from "./recipe";

export function detectRust({ tree, settings, environmentKeys }: PlanInput): Recipe | null {
  const name = binaryName(tree);
  if (name === null) return null;
  const locked = tree.has("Cargo.lock") ? " --locked" : "";
  const build = settings.buildCommand ?? `cargo build --release${locked}`;
  const start = settings.startCommand ?? procfileCommand(tree) ?? name;
  // The cache holds what is compiled, so the program is taken out of it in the same step.
  const compile = `${build} && install -D target/release/${name} /out/${name}`;
  const stage = [
    from("rust:1-slim-bookworm", "build"),
    "WORKDIR /app",
    copy(["."], "./"),
    ...declare(environmentKeys),
    run(compile, [cacheMount("/usr/local/cargo/registry"), cacheMount("/app/target")]),
  ];
  const extra = ["static", "assets", "templates", "migrations", "public"].filter((directory) =>
    tree.hasDirectory(directory),
  );
  const files = [
    copy([`/out/${name}`], `/usr/local/bin/${name}`, ["--from=build"]),
    ...extra.map((directory) => copy([directory], `/app/${directory}`, [owned])),
  ];
  return {
    label: "Rust",
    framework: "rust",
    packageManager: "Cargo",
    installCommand: null,
    buildCommand: build,
    startCommand: start,
    outputDirectory: null,
    dockerfile: dockerfile(stage, applicationStage("debian:bookworm-slim", {}, files, execVector(start))),
    notes: [],
  };
}

/** The program of a package: its first [[bin]], else its own name. */
function binaryName(tree: FileTree): string | null {
  const text = tree.read("Cargo.toml");
  const own = /\[\[bin\]\][^[]*?\bname\s*=\s*"([\w-]+)"/.exec(text)?.[1];
  if (own !== undefined) return own;
  return tree.has("src/main.rs") ? (/\[package\][^[]*?\bname\s*=\s*"([\w-]+)"/.exec(text)?.[1] ?? null) : null;
}
