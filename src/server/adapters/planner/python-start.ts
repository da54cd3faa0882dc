/** What a Python application is and how it is started, by its packages and the one line that makes its application object. */
import { type FileTree, firstFile } from "./file-tree";

export type PythonStart = {
  framework: string;
  label: string;
  command: string;
  /** Servers that the command needs, and the application does not name itself. */
  extra: string[];
};

const places = ["", "src/", "app/", "api/", "backend/"];
const modules = ["main", "app", "server", "api", "wsgi", "asgi", "application", "index", "run", "__init__"];
const candidates = places.flatMap((place) => modules.map((name) => `${place}${name}.py`));
const gunicorn = "gunicorn==27.0.1";
const uvicorn = "uvicorn==0.54.0";

/** Null where nothing says how. */
export function findPythonStart(tree: FileTree): PythonStart | null {
  const declared = ["requirements.txt", "pyproject.toml", "Pipfile"].map((file) => tree.read(file)).join("\n");
  const uses = (name: string) => new RegExp(`(^|["'\\s])${name}(?![\\w-])`, "im").test(declared);
  const missing = (name: string, pinned: string) => (uses(name) ? [] : [pinned]);
  if (tree.has("manage.py")) {
    const project = firstMatch(tree, /^[^/]+\/(wsgi)\.py$/)?.split("/")[0];
    if (project !== undefined) {
      const command = `gunicorn --bind 0.0.0.0:$PORT ${project}.wsgi`;
      return { framework: "django", label: "Django", command, extra: missing("gunicorn", gunicorn) };
    }
  }
  for (const file of candidates.filter((path) => tree.has(path))) {
    const text = tree.read(file);
    const module = file.replace(/(\/__init__)?\.py$/, "").replaceAll("/", ".");
    const asgi = /^(\w+)(?:\s*:\s*\w+)?\s*=\s*(?:\w+\.)?(FastAPI|Starlette|Litestar|Quart)\(/m.exec(text);
    if (asgi) {
      const command = `uvicorn --host 0.0.0.0 --port $PORT ${module}:${asgi[1]}`;
      return {
        framework: (asgi[2] ?? "").toLowerCase(),
        label: asgi[2] ?? "",
        command,
        extra: missing("uvicorn", uvicorn),
      };
    }
    const flask =
      /^(\w+)(?:\s*:\s*\w+)?\s*=\s*(?:\w+\.)?Flask\(/m.exec(text)?.[1] ??
      (/^def create_app\(/m.test(text) && uses("flask") ? "create_app()" : undefined);
    if (flask !== undefined) {
      const command = flask.endsWith(")")
        ? `gunicorn --bind 0.0.0.0:$PORT "${module}:${flask}"`
        : `gunicorn --bind 0.0.0.0:$PORT ${module}:${flask}`;
      return { framework: "flask", label: "Flask", command, extra: missing("gunicorn", gunicorn) };
    }
  }
  const script = firstFile(tree, ["main.py", "app.py", "server.py", "run.py", "src/main.py"]);
  return script === null ? null : { framework: "python", label: "Python", command: `python ${script}`, extra: [] };
}

function firstMatch(tree: FileTree, pattern: RegExp): string | undefined {
  return tree.paths.find((path) => pattern.test(path));
}
