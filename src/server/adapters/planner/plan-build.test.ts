// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are variables of Dockerfiles
import { describe, expect, test } from "vitest";
import { readInstructions } from "@/domain/plan/dockerfile-instructions";
import type { BuildSettings } from "@/domain/plan/types";
import { createFileTree } from "./file-tree";
import { planBuild } from "./plan-build";
import { nodeCases, otherCases } from "./plan-cases";

const automatic: BuildSettings = {
  builder: "auto",
  dockerfilePath: null,
  installCommand: null,
  buildCommand: null,
  startCommand: null,
  outputDirectory: null,
};

function plan(
  files: Record<string, string | object>,
  settings: Partial<BuildSettings> = {},
  environmentKeys: string[] = [],
) {
  const texts = Object.entries(files).map(([path, content]): [string, string] => [
    path,
    typeof content === "string" ? content : JSON.stringify(content),
  ]);
  return planBuild({ tree: createFileTree(new Map(texts)), settings: { ...automatic, ...settings }, environmentKeys });
}
const code = (work: () => unknown) => {
  try {
    return work();
  } catch (error) {
    return error instanceof Error && "code" in error ? error.code : error;
  }
};

test.each([...nodeCases, ...otherCases])("$name", async ({ name, files, settings, keys, expected }) => {
  const built = plan(files, settings, keys);
  expect([built.label, built.packageManager, built.installCommand, built.buildCommand, built.startCommand]).toEqual(
    expected,
  );
  expect(built).toMatchObject({ kind: "generated", port: 3000, dockerfilePath: null });
  await expect(built.dockerfile).toMatchFileSnapshot(`dockerfiles/${name}.Dockerfile`);
});

describe("a Dockerfile of the repository", () => {
  const text = "ARG V=24\nFROM node:${V} AS build\nEXPOSE 1\nFROM alpine:3\nEXPOSE 8080/tcp 9090\nEXPOSE 1234\n";

  test("is used as it is, before all that could be detected", () => {
    const built = plan({ Dockerfile: text, "package.json": {}, "index.html": "" });
    expect(built).toMatchObject({ kind: "dockerfile", dockerfile: text, dockerfilePath: "Dockerfile", port: 8080 });
    expect(built.baseImages).toEqual(["node:24", "alpine:3"]);
  });

  test("is found where the settings say", () => {
    const built = plan({ "docker/web.Dockerfile": text }, { dockerfilePath: "./docker/web.Dockerfile" });
    expect(built.dockerfilePath).toBe("docker/web.Dockerfile");
    expect(code(() => plan({ "index.html": "" }, { dockerfilePath: "Other" }))).toBe("dockerfile_not_found");
    expect(code(() => plan({ "index.html": "" }, { builder: "dockerfile" }))).toBe("dockerfile_not_found");
  });

  test.each(["EXPOSE $PORT", "EXPOSE 99999", "", "EXPOSE 53/udp"])("with %j expects the default port", (expose) => {
    expect(plan({ Dockerfile: `FROM x\n${expose}\n` }).port).toBe(3000);
  });
});

describe("nothing to build", () => {
  test.each<[string, Record<string, string | object>]>([
    ["an empty directory", {}],
    ["documents", { "README.md": "" }],
    ["a library", { "package.json": { name: "library", main: "dist/index.js" } }],
    ["a Python library", { "pyproject.toml": "[project]\n", "library/__init__.py": "" }],
    ["a crate without a program", { "Cargo.toml": '[package]\nname = "library"\n', "src/lib.rs": "" }],
    ["SvelteKit without an adapter", { "package.json": { devDependencies: { "@sveltejs/kit": "1" } } }],
  ])("is found in %s", (_, files) => expect(code(() => plan(files))).toBe("nothing_detected"));

  test("a broken package.json is said to be broken", () => {
    expect(code(() => plan({ "package.json": "{", "server.js": "" }))).toBe("invalid_input");
    expect(code(() => plan({ "package.json": "[]" }))).toBe("invalid_input");
  });

  test("a package.json with fields of other types than they should have is read all the same", () => {
    const odd = { scripts: { start: ["node"] }, dependencies: "express", engines: 24, packageManager: {}, main: 1 };
    expect(plan({ "package.json": odd, "server.js": "" }).startCommand).toBe("node server.js");
  });
});

test.each([
  [{ ".nvmrc": "v20.11.0\n" }, "node:20-slim"],
  [{ ".nvmrc": "lts/iron" }, "node:20-slim"],
  [{ ".nvmrc": "lts/*" }, "node:24-slim"],
  [{ ".node-version": "22" }, "node:22-slim"],
  [{ ".nvmrc": "; rm -rf /" }, "node:24-slim"],
])("the version file %j gives %s", (files, image) => {
  expect(plan({ ...files, "server.js": "", "package.json": {} }).baseImages).toEqual([image]);
});

test.each([
  [">=18", "24"],
  ["^20.9.0 || >=22", "24"],
  ["20.x", "20"],
  ["<=18", "18"],
  ["~22.3", "22"],
  ["24.1.0", "24"],
  [">=25", "26"],
  ["nonsense", "24"],
  ["<4", "24"],
])("engines.node %j gives %s", (range, major) => {
  const built = plan({ "server.js": "", "package.json": { engines: { node: range } } });
  expect(built.baseImages).toEqual([`node:${major}-slim`]);
});

test("without a lockfile a note says so", () => {
  const files = { "server.js": "", "package.json": { dependencies: { express: "5" } } };
  expect(plan(files).notes).toEqual([expect.stringContaining("no lockfile")]);
  expect(plan({ ...files, "package-lock.json": "{}" }).notes).toEqual([]);
});

describe("what people type is data of one instruction", () => {
  const hostile = [
    "true\nUSER root",
    "true \\",
    "--mount=type=bind,source=/,target=/host true",
    '["sh"]',
    "cat <<EOF",
    "cat <<-'X' > y",
    "# comment",
    "a\r\nFROM evil",
    "echo \"quoted\" && echo 'single'",
    "echo \u2028 ünïcödé",
    "RUN true",
    "--network=host true",
  ];
  const shape = (text: string | null) => readInstructions(text ?? "").map(({ keyword }) => keyword);
  const applications = {
    node: { "package.json": { scripts: { build: "x", start: "node s.js" }, dependencies: { express: "5" } } },
    python: { "requirements.txt": "flask", "app.py": "app = Flask(__name__)" },
    go: { "go.mod": "module x", "main.go": "" },
  };

  test.each(Object.entries(applications).flatMap(([name, files]) => hostile.map((typed) => ({ name, files, typed }))))(
    "$name: $typed",
    ({ files, typed }) => {
      const commands = (text: string) => ({ installCommand: text, buildCommand: text, startCommand: text });
      const built = plan(files, commands(typed));
      expect(shape(built.dockerfile)).toEqual(shape(plan(files, commands("true")).dockerfile));
      const runs = readInstructions(built.dockerfile ?? "").filter(
        ({ keyword }) => keyword === "RUN" || keyword === "CMD",
      );
      const typedParts = runs.map(({ rest }) =>
        rest.replace(/^(--mount=type=(cache|bind,from=dependencies)\S* )+/, ""),
      );
      for (const part of typedParts) expect(part).not.toMatch(/^--/);
    },
  );

  test.each(["a*b", "$HOME", "a\nb", 'a"b', "[x]", "a\\b"])("an output directory %j is refused", (outputDirectory) => {
    expect(code(() => plan(applications.node, { builder: "static", outputDirectory }))).toBe("invalid_input");
  });

  test("a name that is no variable's is not declared", () => {
    const built = plan({ "package.json": { scripts: { build: "x", start: "node s" } } }, {}, [
      "A",
      "B=1\nRUN x",
      "C D",
      "",
    ]);
    expect(built.dockerfile?.match(/^ARG .*$/gm)).toEqual(["ARG A"]);
  });
});
