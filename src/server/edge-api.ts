/** Paths of the router's API. Those below /api/helvetia are the embedded router's own; Traefik answers them with 404. */
export const edgeApi = {
  overview: "/api/overview",
  routers: "/api/http/routers",
  services: "/api/http/services",
  /** POST {endpoints} -> {inFlight}: requests, streams and upgraded connections under way to them. */
  inFlight: "/api/helvetia/in-flight",
  /** POST {endpoints} -> {cut}: ends what is under way to them. */
  cut: "/api/helvetia/cut",
  /** GET -> what each backend answered since the router started. */
  records: "/api/helvetia/records",
} as const;
