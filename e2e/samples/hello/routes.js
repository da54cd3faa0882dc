import { readFileSync } from "node:fs";
import { hostname } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";

const read = (file) => readFileSync(new URL(file, import.meta.url), "utf8");
const { version } = JSON.parse(read("package.json"));
const about = {
  version,
  commit: process.env.HELVETIA_COMMIT_SHA?.slice(0, 7) ?? "local",
  replica: hostname(),
  startedAt: new Date().toISOString(),
};
const escaped = (text) => text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
const page = read("page.html").replace(/\{\{(\w+)\}\}/g, (_, name) =>
  escaped(about[name] ?? process.env[name] ?? { GREETING: "Hello from your own cloud." }[name] ?? ""),
);

const json = (response, value) => {
  response.writeHead(200, { "content-type": "application/json", "cache-control": "no-store" });
  response.end(`${JSON.stringify(value)}\n`);
};

/** A whole number from the query, from 0 to `most`. */
const numberOf = (url, name, otherwise, most) => {
  const number = Number.parseInt(url.searchParams.get(name) ?? "", 10);
  return Number.isNaN(number) ? otherwise : Math.min(Math.max(number, 0), most);
};

const showPage = (_request, response) => {
  response.writeHead(200, { "content-type": "text/html; charset=utf-8", "cache-control": "no-cache" }).end(page);
};

/** Answers after ?ms= milliseconds (1000 unless told), at most a minute. */
const answerSlowly = async (_request, response, url) => {
  const ms = numberOf(url, "ms", 1000, 60_000);
  await sleep(ms);
  json(response, { ...about, sleptMs: ms });
};

/** Server-sent events: ?count= of them (endless unless told), one every ?ms= milliseconds (1000 unless told). */
const stream = async (_request, response, url, stopping) => {
  const everyMs = Math.max(numberOf(url, "ms", 1000, 60_000), 10);
  const count = numberOf(url, "count", Number.POSITIVE_INFINITY, 1_000_000);
  const gone = new AbortController();
  response.once("close", () => gone.abort());
  response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
  response.write("retry: 1000\n\n");
  try {
    for (let id = 1; id <= count; id++) {
      response.write(`id: ${id}\ndata: ${JSON.stringify({ ...about, at: new Date().toISOString() })}\n\n`);
      if (id < count) await sleep(everyMs, undefined, { signal: AbortSignal.any([stopping, gone.signal]) });
    }
  } catch {
    // The reader left, or this version stops.
  }
  response.end();
};

/** Sends back what was sent, as it comes. */
const echo = (request, response) => {
  response.writeHead(200, {
    "content-type": request.headers["content-type"] ?? "application/octet-stream",
    "x-version": about.version,
  });
  request.pipe(response);
  request.once("error", () => response.destroy());
};

export const routes = {
  "GET /": showPage,
  "GET /health": (_request, response) => json(response, { status: "ok" }),
  "GET /version": (_request, response) => json(response, about),
  "GET /env": (_request, response) => json(response, { GREETING: process.env.GREETING ?? null }),
  "GET /headers": (request, response) => json(response, request.headers),
  "GET /slow": answerSlowly,
  "GET /stream": stream,
  "POST /echo": echo,
};
