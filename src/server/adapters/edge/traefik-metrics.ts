/**
 * Traefik's own counts, as its Prometheus endpoint shows them where metrics and their router labels are switched on
 * (--metrics.prometheus=true --metrics.prometheus.addRoutersLabels=true). The counts of routers, not those of services:
 * what a service without servers was asked is counted by its router alone.
 */

/** Cumulative since Traefik began: of each backend, requests by status code and upper bound in ms (Infinity: all). */
export type TraefikCounts = {
  /** When this Traefik began, in ms since 1970; it knows nothing of an earlier one. */
  startedAt: number;
  byBackend: Map<string, Map<number, Map<number, number>>>;
};

const family = "traefik_router_request_duration_seconds_bucket";

/** Null where nothing says when Traefik began: these are not Traefik's metrics. */
export function readTraefikMetrics(text: string): TraefikCounts | null {
  const started = /^process_start_time_seconds (\S+)$/m.exec(text)?.[1];
  if (started === undefined) return null;
  const byBackend: TraefikCounts["byBackend"] = new Map();
  for (const line of text.split("\n")) {
    if (!line.startsWith(family)) continue;
    const [labels = "", value = ""] = line.slice(family.length + 1).split("} ");
    const backend = label(labels, "service").replace(/@file$/, "");
    add(byBackend, backend, Number(label(labels, "code")), upperBoundMs(label(labels, "le")), Number(value));
  }
  return { startedAt: Math.round(Number(started) * 1000), byBackend };
}

function label(labels: string, name: string): string {
  return new RegExp(`(?:^|,)${name}="([^"]*)"`).exec(labels)?.[1] ?? "";
}

function upperBoundMs(le: string): number {
  return le === "+Inf" ? Number.POSITIVE_INFINITY : Number((Number(le) * 1000).toPrecision(6));
}

/** Methods and protocols are counted apart; here they are one. */
function add(byBackend: TraefikCounts["byBackend"], backend: string, code: number, toMs: number, value: number): void {
  const byCode = byBackend.get(backend) ?? new Map<number, Map<number, number>>();
  const byBound = byCode.get(code) ?? new Map<number, number>();
  byBound.set(toMs, (byBound.get(toMs) ?? 0) + value);
  byBackend.set(backend, byCode.set(code, byBound));
}
