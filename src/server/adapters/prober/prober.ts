/** The Prober port on node's own sockets. */
import type { Prober } from "@/server/ports";
import { probeHttp } from "./probe-http";
import { isLoopback, probeTcp } from "./probe-tcp";

const openPortTimeoutMs = 1000;

export function createProber(): Prober {
  return {
    async probe(endpoint, check, timeoutMs, signal, hostName) {
      signal.throwIfAborted();
      const deadline = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
      const result = await (check.type === "tcp"
        ? probeTcp(endpoint, deadline)
        : probeHttp(endpoint, check, hostName, deadline));
      signal.throwIfAborted();
      return result;
    },

    async openPorts(host, candidates, signal) {
      if (isLoopback(host)) return [];
      const deadline = AbortSignal.any([signal, AbortSignal.timeout(openPortTimeoutMs)]);
      const results = await Promise.all(candidates.map((port) => probeTcp({ host, port }, deadline)));
      signal.throwIfAborted();
      return candidates.filter((_port, index) => results[index]?.ok);
    },
  };
}
