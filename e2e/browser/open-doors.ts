import { mkdtempSync, rmSync } from "node:fs";
import { connect, createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";

/**
 * A socket file for each port of this machine's loopback: files lead out of the network namespace that the browser is
 * in. The browser's processes read from the environment where they are. Returns how to close them.
 */
export async function openDoors(ports: number[]): Promise<() => void> {
  const directory = mkdtempSync(path.join(tmpdir(), "helvetia-doors-"));
  const doors = ports.map((port) => ({ port, file: path.join(directory, `${port}.sock`) }));
  const servers = await Promise.all(doors.map(({ port, file }) => openDoor(port, file)));
  process.env.CHROMIUM_DOORS = JSON.stringify(Object.fromEntries(doors.map(({ port, file }) => [port, file])));
  return () => {
    for (const server of servers) server.close();
    rmSync(directory, { recursive: true, force: true });
  };
}

function openDoor(port: number, file: string): Promise<Server> {
  const server = createServer((inside) => {
    const outside = connect(port, "127.0.0.1");
    inside.pipe(outside).pipe(inside);
    inside.on("error", () => outside.destroy());
    outside.on("error", () => inside.destroy());
  });
  return new Promise((resolve, reject) => {
    server.once("error", reject).listen(file, () => resolve(server));
  });
}
