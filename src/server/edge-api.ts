/** Paths of the router's API. Those below /api/helvetia are the embedded router's own; Traefik answers them with 404. */
export const edgeApi = {
  overview: "/api/overview",
  routers: "/api/http/routers",
  services: "/api/http/services",
  /** POST {endpoints} -> {inFlight}: requests, streams and upgraded connections under way to them. */
  inFlight: "/api/helvetia/in-flight",
  /** POST {endpoints} -> {cut}: ends what is under way to them. */
  cut: "/api/helvetia/cut",
  /** POST {backends, since} -> RecordsReading, dates as ISO 8601: what these backends answered, by ten seconds. */
  records: "/api/helvetia/records",
  /** GET -> Prometheus' text. Traefik's alone. */
  traefikMetrics: "/metrics",
} as const;
