/**
 * Ports that stay open while the process behind them changes. The supervisor binds a socket and never listens on it
 * itself; each process that it starts inherits it and listens. The socket lives as long as one of them has it, so from
 * the first process on, connections made while none runs wait in the kernel for the next one.
 */
import { lookup } from "node:dns/promises";
import net from "node:net";

export type HeldSocket = Pick<net.BoundSocket, "fd" | "close">;

/** Binds them in the order given. Rejects with EADDRINUSE where somebody listens there. */
export async function holdSockets<Name extends string>(
  addresses: Record<Name, { host: string; port: number }>,
): Promise<Record<Name, HeldSocket> | null> {
  // Node.js before 24.19 cannot bind without accepting: its processes bind for themselves.
  if (!("BoundSocket" in net)) return null;
  const held: [string, HeldSocket][] = [];
  try {
    for (const [name, { host, port }] of Object.entries<{ host: string; port: number }>(addresses)) {
      const { address } = await lookup(host);
      held.push([name, new net.BoundSocket({ host: address, port })]);
    }
  } catch (error) {
    for (const [, socket] of held) socket.close();
    throw error;
  }
  return Object.fromEntries(held) as Record<Name, HeldSocket>; // safe because each name got its socket
}
