import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** A server that takes connections and passes nothing on to the one behind it until it is let; without one: never. */
export async function startHangingServer(behindPort: number | null = null) {
  const waiting = new Set<() => void>();
  const sockets = new Set<Socket>();
  const hold = (socket: Socket) => sockets.add(socket.on("error", () => undefined));
  let isLet = false;
  const server = createServer((client) => {
    hold(client);
    if (behindPort === null) return;
    const pass = () => {
      const upstream = connect(behindPort, "127.0.0.1");
      hold(upstream);
      client.pipe(upstream).pipe(client);
    };
    if (isLet) pass();
    else waiting.add(pass);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo; // safe because it listens on TCP
  return {
    /** "127.0.0.1:port". */
    host: `127.0.0.1:${port}`,
    isReached: () => sockets.size > 0,
    /** Passes on what waits and what comes. */
    let() {
      isLet = true;
      for (const pass of waiting) pass();
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}
