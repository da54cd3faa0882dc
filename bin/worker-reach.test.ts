/** The lint rules see direct imports; this follows them: nothing that the worker reaches may bring in the web. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { build } from "esbuild";
import { expect, it } from "vitest";

const forbidden = /^(next|next-auth|react|react-dom|server-only|@trpc\/server|@trpc\/client)(\/|$)/;

/** Packages that the bundle of `entry` would load, `import type` aside. */
async function reachedPackages(root: string, entry: string): Promise<string[]> {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    outdir: "nowhere",
    write: false,
    metafile: true,
    bundle: true,
    platform: "node",
    format: "esm",
    packages: "external",
    alias: { "@": path.join(root, "src") },
    logLevel: "silent",
  });
  const imports = Object.values(metafile.inputs).flatMap((input) => input.imports);
  return [...new Set(imports.filter((entry) => entry.external).map((entry) => entry.path))];
}

const entries = readdirSync("worker").filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"));

it.each(entries)("worker/%s reaches nothing of the web", async (name) => {
  const reached = await reachedPackages(process.cwd(), `worker/${name}`);
  expect(reached.filter((specifier) => forbidden.test(specifier))).toEqual([]);
});

it("notices what is reached through others", async () => {
  const root = mkdtempSync(path.join(tmpdir(), "helvetia-reach-"));
  try {
    mkdirSync(path.join(root, "src/server"), { recursive: true });
    mkdirSync(path.join(root, "worker"));
    writeFileSync(path.join(root, "worker/index.ts"), `import { a } from "@/server/a"; console.log(a);`);
    writeFileSync(path.join(root, "src/server/a.ts"), `export { b as a } from "./b";`);
    writeFileSync(
      path.join(root, "src/server/b.ts"),
      `import { cookies } from "next/headers"; export const b = cookies;`,
    );
    expect((await reachedPackages(root, "worker/index.ts")).filter((specifier) => forbidden.test(specifier))).toEqual([
      "next/headers",
    ]);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
});

const ofTheWorker = /^(dockerode|graphile-worker|httpxy|tar-stream|@netlify\/|@vercel\/|(node:)?(child_process|dgram))/;

it.each(["src/server/web.ts", "src/server/api/handle-request.ts", "src/server/auth/auth-handler.ts"])(
  "%s reaches no way to Docker, Git, the router or another process",
  async (entry) => {
    const reached = await reachedPackages(process.cwd(), entry);
    expect(reached).toContain("pg");
    expect(reached.filter((specifier) => ofTheWorker.test(specifier))).toEqual([]);
  },
);
