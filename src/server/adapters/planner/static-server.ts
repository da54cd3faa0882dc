/**
 * The server of static sites: sirv with cache headers and a fallback. Its few files come from this platform's own
 * locked node_modules and are laid over the build context, so that a static site needs no download to be built.
 */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import type { ContextFile } from "@/domain/plan/types";

/** Dot directories are never served, so a site that is served from its root does not show it. */
export const staticServerDirectory = ".helvetia/static-server";

/** In the order that each requires the next ones; all are CommonJS, one file each. */
const packages = ["sirv", "@polka/url", "mrmime", "totalist/sync"];

const script = `const { createServer } = require("node:http");
const { parseArgs } = require("node:util");
const { existsSync, readFileSync } = require("node:fs");
const sirv = require("./sirv.cjs");

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { single: { type: "boolean" }, immutable: { type: "string", multiple: true, default: [] } },
});
const root = positionals[0];
// A path without an extension is answered with a page.
const immutable = (path) => /\\.\\w+$/.test(path) && values.immutable.some((prefix) => path.startsWith(prefix));
const missing = existsSync(root + "/404.html") ? readFileSync(root + "/404.html") : null;
const serve = sirv(root, {
  etag: true,
  single: values.single,
  setHeaders(response, path) {
    response.setHeader("cache-control", immutable(path) ? "public, max-age=31536000, immutable" : "no-cache");
  },
});
const server = createServer((request, response) => {
  if (request.method !== "GET" && request.method !== "HEAD") return response.writeHead(405, { allow: "GET, HEAD" }).end();
  serve(request, response, () => {
    response.writeHead(404, { "content-type": (missing ? "text/html" : "text/plain") + "; charset=utf-8" });
    response.end(missing ?? "Not found\\n");
  });
});
server.listen(Number(process.env.PORT), "0.0.0.0", () => console.log("Serving on port " + process.env.PORT));
process.once("SIGTERM", () => server.close(() => process.exit(0)));
`;

/** Rejects where the platform's own installation is damaged. */
export async function readStaticServer(): Promise<ContextFile[]> {
  const own = createRequire(import.meta.url);
  const resolver = createRequire(own.resolve("sirv"));
  const files = await Promise.all(
    packages.map(async (name): Promise<ContextFile> => {
      const file = name === "sirv" ? own.resolve("sirv") : resolver.resolve(name);
      const text = await readFile(file, "utf8");
      return { path: path.posix.join(staticServerDirectory, fileName(name)), content: withLocalRequires(text) };
    }),
  );
  return [...files, { path: path.posix.join(staticServerDirectory, "serve.cjs"), content: script }];
}

function fileName(name: string): string {
  return `${name.replace(/^@/, "").replaceAll("/", "-")}.cjs`;
}

function withLocalRequires(text: string): string {
  return text.replace(/require\((['"])([^'"]+)\1\)/g, (whole, _quote, name: string) =>
    packages.includes(name) ? `require("./${fileName(name)}")` : whole,
  );
}
