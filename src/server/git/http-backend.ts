/** One request of Git's smart HTTP protocol, answered by `git http-backend` over CGI. */
import { spawn } from "node:child_process";
import type { IncomingMessage, ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";
import { readCgiHead } from "./cgi-response";
import { type GitSetting, isolatedEnvironment } from "./isolated-environment";

/** The only requests that are passed on: the dumb protocol's files stay closed. `name` has no ".git". */
const route =
  /^\/(?<name>[A-Za-z0-9_][A-Za-z0-9._-]{0,99})\.git\/(?<service>info\/refs|git-upload-pack|git-receive-pack)$/;

export type GitRequest = { name: string; pathInfo: string; query: string; push: boolean };

/** What a request asks for, or null where it is none of Git's. */
export function parseGitRequest(method: string, url: string): GitRequest | null {
  const [pathInfo = "", query = ""] = url.split("?", 2);
  const { name, service } = route.exec(pathInfo)?.groups ?? {};
  if (name === undefined || service === undefined || name.includes("..")) return null;
  if (method !== (service === "info/refs" ? "GET" : "POST")) return null;
  const push = service === "git-receive-pack" || query.split("&").includes("service=git-receive-pack");
  return { name, pathInfo, query, push };
}

export type BackendOptions = {
  /** Holds `<name>.git` bare repositories. */
  directory: string;
  inheritedEnvironment: Readonly<Record<string, string>>;
  /** Whether `git push` is served. */
  push: boolean;
};

/** Answers the request. Ends with a 500 where the program gives none, and ends the program where the client leaves. */
export async function runHttpBackend(
  git: GitRequest,
  request: IncomingMessage,
  response: ServerResponse,
  options: BackendOptions,
): Promise<void> {
  const child = spawn("git", ["http-backend"], {
    env: cgiEnvironment(git, request, options),
    stdio: ["pipe", "pipe", "ignore"],
  });
  const spawned = new Promise((resolve, reject) => child.once("spawn", resolve).once("error", reject));
  response.once("close", () => child.kill());
  try {
    await spawned;
    // The program may answer before it read all; what it leaves unread is no error.
    const sent = pipeline(request, child.stdin).catch(() => {});
    const head = await readCgiHead(child.stdout);
    response.writeHead(head.status, head.headers.flat());
    await Promise.all([sent, pipeline(child.stdout, response)]);
  } catch {
    child.kill();
    if (response.headersSent) response.destroy();
    else response.writeHead(500).end();
  }
}

function cgiEnvironment(git: GitRequest, request: IncomingMessage, options: BackendOptions): NodeJS.ProcessEnv {
  const settings: GitSetting[] = [
    ["http.receivepack", String(options.push)],
    ["http.getanyfile", "false"],
    // Commits that are no branch's tip any more can be fetched too: a deployment may name one.
    ["uploadpack.allowAnySHA1InWant", "true"],
    ["uploadpack.allowFilter", "true"],
    ["safe.directory", "*"],
  ];
  const { headers } = request;
  const header = (name: string) => [headers[name] ?? []].flat().join(", ");
  return {
    ...isolatedEnvironment(options.inheritedEnvironment, options.directory, settings),
    GIT_PROJECT_ROOT: options.directory,
    GIT_HTTP_EXPORT_ALL: "1",
    GIT_PROTOCOL: header("git-protocol"),
    PATH_INFO: git.pathInfo,
    QUERY_STRING: git.query,
    REQUEST_METHOD: request.method ?? "GET",
    CONTENT_TYPE: header("content-type"),
    ...(headers["content-length"] !== undefined && { CONTENT_LENGTH: headers["content-length"] }),
    HTTP_CONTENT_ENCODING: header("content-encoding"),
    REMOTE_ADDR: request.socket.remoteAddress ?? "",
    REMOTE_USER: "git",
  };
}
