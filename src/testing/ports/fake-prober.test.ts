import type { OutsideCheck } from "@/domain/health/health-settings";
import type { Endpoint } from "@/domain/plan/types";
import type { ProbeResult } from "@/server/ports";
import { createFakeProber } from "./fake-prober";
import { type ProbedBehaviour, proberContract } from "./prober-contract";

proberContract("fake", async () => {
  const prober = createFakeProber();
  const behaviours = new Map<number, ProbedBehaviour>();
  prober.answer = ({ port }, check, hostName) => play(behaviours.get(port), check, hostName);
  return {
    prober,
    async serve(behaviour): Promise<Endpoint> {
      behaviours.set(behaviours.size, behaviour);
      return { host: "10.0.0.1", port: behaviours.size - 1 };
    },
    tearDown: async () => {},
  };
});

function play(behaviour: ProbedBehaviour | undefined, check: OutsideCheck, hostName: string | undefined): ProbeResult {
  if (!behaviour || behaviour.kind === "closed") return { ok: false, reason: "refused" };
  if (check.type === "tcp") return { ok: true };
  if (behaviour.kind === "silent") return { ok: false, reason: "timeout" };
  if (behaviour.kind === "cuts") return { ok: false, reason: "reset" };
  const { onlyForHost, body } = behaviour;
  const status = onlyForHost && onlyForHost !== hostName ? 403 : behaviour.status;
  const isWanted = status >= check.statusFrom && status <= check.statusTo;
  return isWanted ? { ok: true } : { ok: false, reason: "status", status, body: body.slice(0, 1024) };
}
