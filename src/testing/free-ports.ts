import { createServer, type Server } from "node:net";

/** Ports of 127.0.0.1 that nothing listens on now. All are held until all are known, so that no two are the same. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(Array.from({ length: count }, listen));
  return Promise.all(servers.map(closed));
}

function listen(): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject).listen({ host: "127.0.0.1", port: 0 }, () => resolve(server));
  });
}

async function closed(server: Server): Promise<number> {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("a TCP server has a port");
  await new Promise((resolve) => server.close(resolve));
  return address.port;
}
