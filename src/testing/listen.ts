import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";

/** An HTTP server on a free loopback port; `requested` resolves with its first request. */
export async function listen(listener: RequestListener) {
  let heard = () => {};
  const requested = new Promise<void>((resolve) => {
    heard = resolve;
  });
  const server = createServer((request, response) => {
    heard();
    listener(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo; // safe because it listens on TCP
  return {
    url: `http://127.0.0.1:${port}`,
    requested,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
