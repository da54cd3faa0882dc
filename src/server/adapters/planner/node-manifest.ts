import { z } from "zod";
import { type FileTree, readJsonObject } from "./file-tree";

const texts = z.record(z.string(), z.string()).catch({});
const manifestSchema = z.object({
  name: z.string().optional().catch(undefined),
  main: z.string().optional().catch(undefined),
  packageManager: z.string().optional().catch(undefined),
  scripts: texts.default({}),
  dependencies: texts.default({}),
  devDependencies: texts.default({}),
  optionalDependencies: texts.default({}),
  engines: texts.default({}),
  workspaces: z.unknown().optional(),
});

export type NodeManifest = z.infer<typeof manifestSchema> & {
  /** Whether a package is among the dependencies of any kind. */
  uses(...names: string[]): boolean;
};

/** The package.json of the root; null where there is none. Throws invalid_input where it is no JSON. */
export function readManifest(tree: FileTree): NodeManifest | null {
  const json = readJsonObject(tree, "package.json");
  if (json === null) return null;
  // Nothing to refuse: a field of another type than it should have counts as absent.
  const manifest = manifestSchema.parse(json);
  const { dependencies, devDependencies, optionalDependencies } = manifest;
  const all = { ...optionalDependencies, ...devDependencies, ...dependencies };
  return { ...manifest, uses: (...names) => names.some((name) => Object.hasOwn(all, name)) };
}

export function hasDependencies({ dependencies, devDependencies, optionalDependencies }: NodeManifest): boolean {
  return [dependencies, devDependencies, optionalDependencies].some((group) => Object.keys(group).length > 0);
}

export function dependencyRanges({ dependencies, devDependencies, optionalDependencies }: NodeManifest): string[] {
  return [dependencies, devDependencies, optionalDependencies].flatMap((group) => Object.values(group));
}
