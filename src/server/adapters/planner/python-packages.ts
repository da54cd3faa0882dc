/** How the packages of a Python application are installed into /venv. */
import { cacheMount, copy, run } from "./dockerfile-text";
import type { FileTree } from "./file-tree";

export type PythonPackages = {
  manager: string;
  command: string;
  /** Installs from the files that name the packages alone. */
  steps: string[];
  notes: string[];
};

const pinned = { uv: "0.13.9", poetry: "2.5.1", pipenv: "2026.10.3" };
const uvCache = cacheMount("/root/.cache/uv");
const pipCache = cacheMount("/root/.cache/pip");

/** Null where nothing names packages. */
export function planPythonPackages(tree: FileTree, extra: readonly string[]): PythonPackages | null {
  const add = extra.length === 0 ? [] : [run(`pip install ${extra.join(" ")}`, [pipCache])];
  const tool = (name: "uv" | "poetry" | "pipenv") =>
    run(`/usr/local/bin/pip install ${name}==${pinned[name]}`, [pipCache]);
  const noLock = "The versions of the packages are not locked: another build may install others.";
  if (tree.has("uv.lock")) {
    const command = "uv sync --frozen --no-dev --no-install-project --active";
    const steps = [tool("uv"), copy(["pyproject.toml", "uv.lock"], "./"), run(command, [uvCache])];
    // It takes away what the lockfile does not name, pip included.
    const addByUv = extra.length === 0 ? [] : [run(`uv pip install ${extra.join(" ")}`, [uvCache])];
    return { manager: "uv", command, steps: [...steps, ...addByUv], notes: [] };
  }
  if (tree.has("poetry.lock")) {
    const command = "poetry install --only main --no-root --no-interaction";
    const steps = [
      tool("poetry"),
      copy(["pyproject.toml", "poetry.lock"], "./"),
      run(command, [cacheMount("/root/.cache/pypoetry")]),
    ];
    return { manager: "Poetry", command, steps: [...steps, ...add], notes: [] };
  }
  if (tree.has("Pipfile.lock")) {
    const command = "pipenv sync";
    const steps = [tool("pipenv"), copy(["Pipfile", "Pipfile.lock"], "./"), run(command, [pipCache])];
    return { manager: "Pipenv", command, steps: [...steps, ...add], notes: [] };
  }
  if (tree.has("requirements.txt")) {
    const command = "pip install -r requirements.txt";
    const included = tree.paths.filter(
      (path) => /^requirements([-_./].*)?\.txt$/.test(path) || path === "constraints.txt",
    );
    const unlocked = /^\s*[A-Za-z0-9._-]+(\[.*\])?\s*(#.*)?$/m.test(tree.read("requirements.txt"));
    const copies = included.filter((path) => !path.includes("/"));
    const inDirectory = included.some((path) => path.includes("/")) ? [copy(["requirements"], "./requirements")] : [];
    return {
      manager: "pip",
      command,
      steps: [copy(copies, "./"), ...inDirectory, run(command, [pipCache]), ...add],
      notes: unlocked ? [noLock] : [],
    };
  }
  if (tree.has("pyproject.toml") && /^\s*dependencies\s*=|^\[project\]/m.test(tree.read("pyproject.toml"))) {
    const command = "pip install .";
    return { manager: "pip", command, steps: [copy(["."], "./"), run(command, [pipCache]), ...add], notes: [noLock] };
  }
  return null;
}
