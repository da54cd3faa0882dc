/** Everything between a chosen endpoint and the wire: connections, their reuse, and what is under way on them. */
import { createConnect } from "./connect";
import { endpointKey, InFlight } from "./in-flight";
import { EndpointPicker } from "./pick-endpoint";
import type { RouteTable } from "./route-table";
import { UpstreamAgent } from "./upstream-agent";

export type Upstreams = ReturnType<typeof createUpstreams>;

export function createUpstreams(table: RouteTable) {
  const inFlight = new InFlight();
  const connect = createConnect(inFlight);
  const picker = new EndpointPicker();
  let routed = new Set<string>();
  const isRouted = (key: string) => routed.has(key);
  const reusing = new UpstreamAgent({ connect, inFlight, isRouted, reuse: true });
  const fresh = new UpstreamAgent({ connect, inFlight, isRouted, reuse: false });

  function follow(): void {
    const endpoints = [...table.backends.values()].flatMap((backend) => backend.endpoints);
    routed = new Set(endpoints.map(endpointKey));
    reusing.dropIdle();
    picker.forgetExcept(table.backends, isRouted);
  }
  table.onChange(follow);
  follow();

  return {
    inFlight,
    connect,
    picker,
    agentFor: (mayReuse: boolean) => (mayReuse ? reusing : fresh),
    close: () => {
      reusing.destroy();
      fresh.destroy();
    },
  };
}
