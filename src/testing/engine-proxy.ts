/**
 * A way to the Engine that a test can take away: a socket that passes everything on until it is cut, or until requests
 * of a kind are held, as by a daemon that hangs.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { connect, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";

export type EngineProxy = {
  /** As DOCKER_HOST takes it. */
  host: string;
  /** First lines of the requests so far: "POST /containers/create?name=web HTTP/1.1". */
  requests: string[];
  /** Ends every connection and refuses new ones, as while the daemon is stopped. */
  cut(): void;
  restore(): void;
  /** Requests whose first line matches are taken and never answered; null: none any more. */
  hold(request: RegExp | null): void;
  close(): Promise<void>;
};

const engineSocket = "/var/run/docker.sock";
const requestLine = /^(GET|HEAD|POST|PUT|DELETE) (\S+) HTTP\/1\.1/;

export async function startEngineProxy(): Promise<EngineProxy> {
  const directory = await mkdtemp(path.join(tmpdir(), "proxy-"));
  const socketPath = path.join(directory, "docker.sock");
  const sockets = new Set<Socket>();
  const requests: string[] = [];
  let isCut = false;
  let held: RegExp | null = null;

  const server = createServer((client) => {
    if (isCut) return client.destroy();
    const upstream = connect(engineSocket);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on("error", () => undefined).once("close", () => sockets.delete(socket));
    }
    let isHeld = false;
    client.on("data", (chunk: Buffer) => {
      // A request begins with a chunk of its own: who asks waits for each answer before it asks again.
      const [line] = requestLine.exec(chunk.toString("latin1", 0, 2048)) ?? [];
      if (line !== undefined) {
        requests.push(line);
        isHeld ||= held?.test(line) ?? false;
      }
      if (!isHeld) upstream.write(chunk);
    });
    client.once("close", () => upstream.destroy());
    client.once("end", () => upstream.end());
    upstream.pipe(client);
  });
  await new Promise<void>((resolve) => server.listen(socketPath, resolve));

  function cut() {
    isCut = true;
    for (const socket of sockets) socket.destroy();
  }
  return {
    host: `unix://${socketPath}`,
    requests,
    cut,
    restore() {
      isCut = false;
    },
    hold(request) {
      held = request;
    },
    async close() {
      cut();
      await new Promise((resolve) => server.close(resolve));
      await rm(directory, { recursive: true, force: true });
    },
  };
}
