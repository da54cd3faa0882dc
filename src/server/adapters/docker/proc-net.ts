/** The kernel's tables of TCP sockets: https://docs.kernel.org/networking/proc_net_tcp.html */
import type { Listener } from "@/server/ports";

const listening = "0A";
/** Where the Engine answers names inside a container: nothing of the application's. */
const nameServer = "127.0.0.11";

/** `tables`: the texts of /proc/<pid>/net/tcp and tcp6. Listening sockets, each once, by port. */
export function parseListeners(tables: string): Listener[] {
  const found = new Map<string, Listener>();
  for (const line of tables.split("\n")) {
    const [, address, port, state] = /^\s*\d+: ([0-9A-F]+):([0-9A-F]{4}) \S+ ([0-9A-F]{2}) /.exec(line) ?? [];
    if (address === undefined || port === undefined || state !== listening) continue;
    const listener = { address: readAddress(address), port: Number.parseInt(port, 16) };
    if (listener.address !== nameServer) found.set(`${listener.address} ${listener.port}`, listener);
  }
  return [...found.values()].sort((a, b) => a.port - b.port);
}

/** Each 32 bits are written as a number of this machine, which has its lowest byte first. */
function readAddress(hex: string): string {
  const bytes = (hex.match(/.{8}/g) ?? []).flatMap((word) => [...Buffer.from(word, "hex")].reverse());
  const isMapped = bytes.length === 16 && bytes.slice(0, 10).every((byte) => byte === 0) && bytes[10] === 255;
  if (bytes.length === 4 || isMapped) return bytes.slice(-4).join(".");
  if (bytes.every((byte) => byte === 0)) return "::";
  if (bytes.slice(0, 15).every((byte) => byte === 0) && bytes[15] === 1) return "::1";
  return Array.from({ length: 8 }, (_, index) =>
    Buffer.from(bytes.slice(index * 2, index * 2 + 2)).toString("hex"),
  ).join(":");
}
