/** What a person, or a program, gets when no application can answer: plain words, no outside assets, nothing echoed. */
import type { IncomingMessage, ServerResponse } from "node:http";

export type Trouble = "unknown_host" | "stopped" | "not_answering";

type Page = { status: number; retryAfterSeconds: number | null; title: string; text: string };

const pages: Record<Trouble, Page> = {
  unknown_host: {
    status: 404,
    retryAfterSeconds: null,
    title: "No application here",
    text: "This server runs nothing under this host name. Check the address; a new application takes a moment to appear.",
  },
  stopped: {
    status: 503,
    retryAfterSeconds: 30,
    title: "This application is stopped",
    text: "Its owner stopped it. It can be started again from the dashboard.",
  },
  not_answering: {
    status: 502,
    retryAfterSeconds: 5,
    title: "This application does not answer",
    text: "It may be starting or restarting. Try again in a moment; its owner finds the reason in its log.",
  },
};

/** The status line's numbers, for answers that are written to a bare socket. */
export function statusOf(trouble: Trouble): { status: number; retryAfterSeconds: number | null } {
  return pages[trouble];
}

/** Answers with the page, or with JSON where the client asked for that rather than for HTML. */
export function sendPage(request: IncomingMessage, response: ServerResponse, trouble: Trouble): void {
  const page = pages[trouble];
  const json = prefersJson(request.headers.accept ?? "");
  const body = json ? JSON.stringify({ error: { code: trouble, message: page.title, fix: page.text } }) : html[trouble];
  response.writeHead(page.status, {
    "content-type": json ? "application/json" : "text/html; charset=utf-8",
    "content-length": Buffer.byteLength(body),
    "cache-control": "no-store",
    vary: "accept",
    ...(page.retryAfterSeconds === null ? {} : { "retry-after": String(page.retryAfterSeconds) }),
  });
  response.end(request.method === "HEAD" ? undefined : body);
}

function prefersJson(accept: string): boolean {
  const json = accept.indexOf("json");
  const markup = accept.indexOf("text/html");
  return json !== -1 && (markup === -1 || json < markup);
}

const style = `
:root{color-scheme:light dark;--back:#fafafa;--card:#fff;--line:#e4e4e7;--ink:#18181b;--soft:#52525b}
@media(prefers-color-scheme:dark){:root{--back:#09090b;--card:#18181b;--line:#27272a;--ink:#fafafa;--soft:#a1a1aa}}
*{box-sizing:border-box}body{margin:0;min-height:100vh;display:grid;place-items:center;padding:1.5rem;background:var(--back);
color:var(--ink);font:16px/1.5 system-ui,sans-serif}main{max-width:28rem;padding:2rem;border:1px solid var(--line);
border-radius:.75rem;background:var(--card)}p{margin:0;color:var(--soft)}h1{margin:.25rem 0 .5rem;font-size:1.25rem;
line-height:1.3}.status{font:.875rem ui-monospace,monospace}`;

function render({ status, title, text }: Page): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex"><title>${title}</title><style>${style}</style></head>
<body><main><p class="status">${status}</p><h1>${title}</h1><p>${text}</p></main></body></html>
`;
}

const html: Record<Trouble, string> = {
  unknown_host: render(pages.unknown_host),
  stopped: render(pages.stopped),
  not_answering: render(pages.not_answering),
};
