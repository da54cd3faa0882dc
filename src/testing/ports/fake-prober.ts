import type { OutsideCheck } from "@/domain/health/health-settings";
import type { Endpoint } from "@/domain/plan/types";
import type { ProbeResult, Prober } from "@/server/ports";

export type FakeProber = Prober & {
  /** What a replica answers. Default: it is healthy. */
  answer: (endpoint: Endpoint, check: OutsideCheck, hostName: string | undefined) => ProbeResult;
  /** Ports that are open on every host. */
  open: number[];
  asked: number;
};

export function createFakeProber(): FakeProber {
  const prober: FakeProber = {
    answer: (): ProbeResult => ({ ok: true }),
    open: [],
    asked: 0,
    async probe(endpoint, check, _timeoutMs, signal, hostName) {
      signal.throwIfAborted();
      prober.asked += 1;
      return prober.answer(endpoint, check, hostName);
    },
    openPorts: async (_host, candidates) => candidates.filter((port) => prober.open.includes(port)),
  };
  return prober;
}
