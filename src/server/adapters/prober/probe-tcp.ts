import { connect, type Socket } from "node:net";
import type { Endpoint } from "@/domain/plan/types";
import type { ProbeResult } from "@/server/ports";
import { failureOf } from "./failure";

/** How long a published port's proxy, which accepts for everybody, may take to find that nobody listens behind it. */
const proxyVerdictMs = 250;

export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || host.startsWith("127.");
}

/** Nothing is sent. On loopback, where Docker's proxy accepts first and asks later, the connection must also stay open. */
export async function probeTcp({ host, port }: Endpoint, deadline: AbortSignal): Promise<ProbeResult> {
  const socket = connect({ host, port });
  const abort = () => socket.destroy(new Error("out of time"));
  deadline.addEventListener("abort", abort, { once: true });
  try {
    await connected(socket);
    const stays = !isLoopback(host) || (await staysOpen(socket));
    return stays ? { ok: true } : { ok: false, reason: "refused" };
  } catch (error) {
    return { ok: false, reason: failureOf(error, deadline) };
  } finally {
    deadline.removeEventListener("abort", abort);
    socket.destroy();
  }
}

function connected(socket: Socket): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once("connect", () => resolve()).once("error", reject);
  });
}

function staysOpen(socket: Socket): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(true), proxyVerdictMs);
    const settle = (open: boolean) => {
      clearTimeout(timer);
      resolve(open);
    };
    socket.once("data", () => settle(true)); // It speaks first, so it is there.
    socket.once("end", () => settle(false)).once("error", () => settle(false));
    socket.resume();
  });
}
