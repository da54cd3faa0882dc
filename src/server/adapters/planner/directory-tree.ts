import { open, opendir } from "node:fs/promises";
import path from "node:path";
import { createFileTree, type FileTree } from "./file-tree";

const skipped = new Set([".git", "node_modules", "vendor", ".venv", "__pycache__", "target"]);
const mostEntries = 20_000;
const deepest = 8;
const readBytes = 262_144;

/** Files that say how something is built; of lockfiles the beginning is enough. All others are known by name alone. */
const readable =
  /(^|\/)(package\.json|\.npmrc|\.yarnrc(\.yml)?|\.nvmrc|\.(node|python|ruby|go)-version|[^/]*lock(file)?(\.(json|yaml|toml|b))?|[^/]*\.config\.(js|cjs|mjs|ts|mts|cts)|angular\.json|Procfile|requirements\.txt|pyproject\.toml|Pipfile|runtime\.txt|go\.mod|Gemfile|composer\.json|Cargo\.toml|pom\.xml|build\.gradle(\.kts)?|settings\.gradle(\.kts)?|[^/]*\.[cf]sproj|global\.json|[^/]*\.py|config\.ru)$/;

/** Looks at a directory, following no links. `alsoRead`: further files to read, such as the Dockerfile. */
export async function readDirectoryTree(directory: string, alsoRead: readonly string[]): Promise<FileTree> {
  const files = new Map<string, string>();
  const pending = [{ prefix: "", depth: 0 }];
  for (let next = pending.shift(); next !== undefined; next = pending.shift()) {
    const { prefix, depth } = next;
    for await (const entry of await opendir(path.join(directory, prefix))) {
      const relative = path.posix.join(prefix, entry.name);
      if (files.size >= mostEntries) return createFileTree(files);
      if (entry.isDirectory() && depth < deepest && !skipped.has(entry.name))
        pending.push({ prefix: relative, depth: depth + 1 });
      if (!entry.isFile()) continue;
      const wanted = alsoRead.includes(relative) || readable.test(relative);
      files.set(relative, wanted ? await readBeginning(path.join(directory, relative)) : "");
    }
  }
  return createFileTree(files);
}

async function readBeginning(file: string): Promise<string> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(readBytes), 0, readBytes, 0);
    return buffer.toString("utf8", 0, bytesRead);
  } finally {
    await handle.close();
  }
}
