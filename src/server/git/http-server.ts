/**
 * Serves bare repositories over HTTP by Git's own `git http-backend`: the sample repository of a first run, and the
 * remotes of the tests. It listens on loopback and answers only to loopback host names, so that a page in a browser
 * cannot reach it by a name that was made to point here (DNS rebinding).
 */
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { type BackendOptions, type GitRequest, parseGitRequest, runHttpBackend } from "./http-backend";

export type GitHttpServerOptions = BackendOptions & {
  /** 0: any free port. */
  port: number;
  /** Says who may: "challenge" asks for credentials (401), "deny" refuses those that were given (403). Without it all may. */
  authorize?: (request: GitRequest, authorization: string | undefined) => "allow" | "challenge" | "deny";
};

export type GitHttpServer = {
  port: number;
  /** Address to clone `<name>.git` from. */
  urlOf(name: string): string;
  close(): Promise<void>;
};

const loopbackHost = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i;

/** Rejects with the listener's error (EADDRINUSE) where the port is taken. */
export async function startGitHttpServer(options: GitHttpServerOptions): Promise<GitHttpServer> {
  const server = createServer((request, response) => {
    const answer = (status: number, headers: Record<string, string> = {}) => {
      request.resume();
      response.writeHead(status, headers).end();
    };
    const git = parseGitRequest(request.method ?? "", request.url ?? "");
    if (!loopbackHost.test(request.headers.host ?? "")) return answer(421);
    if (git === null) return answer(404);
    if (git.push && !options.push) return answer(403);
    const verdict = options.authorize?.(git, credentials(request)) ?? "allow";
    if (verdict === "challenge") return answer(401, { "www-authenticate": 'Basic realm="git"' });
    if (verdict === "deny") return answer(403);
    void runHttpBackend(git, request, response, options);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(options.port, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo; // safe because the server listens on a TCP port
  return {
    port,
    urlOf: (name) => `http://127.0.0.1:${port}/${name}.git`,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}

/** "user:password" of basic authentication. */
function credentials(request: IncomingMessage): string | undefined {
  const [scheme, value] = request.headers.authorization?.split(" ", 2) ?? [];
  if (scheme?.toLowerCase() !== "basic" || value === undefined) return undefined;
  return Buffer.from(value, "base64").toString("utf8");
}
