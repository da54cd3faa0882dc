/**
 * Names and labels of everything a deployment makes outside the database. They derive from ids alone, so every step
 * can look for what is already there, and doing a step twice is harmless.
 */

import { shortHash } from "./short-hash";

export const label = {
  managed: "cloud.helvetia.managed",
  instance: "cloud.helvetia.instance",
  service: "cloud.helvetia.service",
  release: "cloud.helvetia.release",
  replica: "cloud.helvetia.replica",
  environment: "cloud.helvetia.environment",
  build: "cloud.helvetia.build",
  /** Port a container was told to listen on. */
  port: "cloud.helvetia.port",
  /** Of a base image that was assembled because none could be pulled: digest of its parts, and what it holds. */
  assembled: "cloud.helvetia.assembled",
  assembledContents: "cloud.helvetia.assembled.contents",
  /** Of a worker's container that limits builds: the instance. */
  limits: "cloud.helvetia.limits",
  /** Of a base image that was made to trust EXTRA_CA_CERTS: digest of the certificates. */
  certificates: "cloud.helvetia.certificates",
} as const;

/** `dep_abc` -> `dep-abc`: ids hold an underscore, which host names and network aliases may not. */
function dashed(id: string): string {
  return id.replace("_", "-");
}

/** Replicas count from 0. */
export function containerName(releaseId: string, replica: number): string {
  return `helvetia-${dashed(releaseId)}-${replica}`;
}

export function networkName(environmentId: string): string {
  return `helvetia-${dashed(environmentId)}`;
}

/**
 * Begins the names of an instance's bridge interfaces, so that one rule of the firewall covers them all, whatever their
 * addresses: "hv" and 25 bits of a hash, since the kernel allows 15 characters in all.
 */
export function bridgePrefix(instanceId: string): string {
  return `hv${(shortHash(instanceId) % 32 ** 5).toString(32).padStart(5, "0")}`;
}

/** Linux's name of the bridge of an environment's network. */
export function bridgeName(instanceId: string, environmentId: string): string {
  return bridgePrefix(instanceId) + environmentId.slice(environmentId.indexOf("_") + 1).slice(0, 8);
}

/** One repository of images a service; the tag is the build key, so equal content is one image. */
export function imageReference(serviceId: string, buildKey: string): string {
  return `helvetia/${dashed(serviceId)}:${buildKey}`;
}

export function routeFileName(serviceId: string): string {
  return `${dashed(serviceId)}.yml`;
}

/** The service of a route file, or null where the file is not one of ours. */
export function serviceIdOfRouteFile(fileName: string): string | null {
  const match = /^svc-([0-9a-z]+)\.yml$/.exec(fileName);
  return match ? `svc_${match[1]}` : null;
}

/** Traefik's name of the backend of one release; the router confirms a cutover by naming it. */
export function backendName(releaseId: string): string {
  return dashed(releaseId);
}

export function routerName(serviceId: string): string {
  return dashed(serviceId);
}

/**
 * Traefik's name of the backend of a service that nothing answers for. It has no servers; its name alone says why,
 * which the embedded edge turns into a friendly page (Traefik answers 503 by itself).
 */
export function placeholderName(serviceId: string, reason: PlaceholderReason): string {
  return `${dashed(serviceId)}-${reason}`;
}

export type PlaceholderReason = "stopped" | "crashing";

/** What a backend's name says of why nothing answers, or null for the backend of a release. */
export function placeholderReason(backend: string): PlaceholderReason | null {
  const match = /-(stopped|crashing)$/.exec(backend);
  return match ? (match[1] as PlaceholderReason) : null; // safe because the pattern admits these two alone
}

const slugPattern = /^[a-z]([a-z0-9-]{0,38}[a-z0-9])?$/;

/** A DNS label of at most 40 characters that starts with a letter (RFC 1035 section 2.3.1, shortened to leave room). */
export function isSlug(text: string): boolean {
  return slugPattern.test(text) && !text.includes("--");
}

/** Makes a slug of what a person typed: "My Shop!" -> "my-shop". Falls back to `fallback` when nothing is left. */
export function slugify(text: string, fallback: string): string {
  const slug = text
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^[^a-z]+/, "")
    .slice(0, 40)
    .replace(/-+$/, "");
  return slug === "" ? fallback : slug;
}

/**
 * The platform's own host name for a service: `shop-web.example.com` in production, with the environment's slug
 * between for the others. Each part is cut so that the label stays within 63 octets (RFC 1035 section 2.3.4).
 */
export function platformHost(parts: {
  service: string;
  project: string;
  environment: string;
  baseDomain: string;
}): string {
  const middle = parts.environment === "production" ? [] : [parts.environment];
  const name = [parts.service, ...middle, parts.project].join("-").slice(0, 63).replace(/-+$/, "");
  return `${name}.${parts.baseDomain}`;
}
