/**
 * Things on the Engine that carry this instance's labels and that no row knows: named to people, who say whether they go.
 * Another installation may carry the same INSTANCE_ID by mistake, so the platform never removes them by itself.
 */
import { containerName, label } from "./naming";

export const strayKinds = ["container", "network", "image"] as const;
export type StrayKind = (typeof strayKinds)[number];

export const strayReasons = [
  "no_service",
  "unknown_service",
  "unknown_release",
  "unexpected_name",
  "no_environment",
  "unknown_environment",
] as const;
export type StrayReason = (typeof strayReasons)[number];

export type Sighting = {
  kind: StrayKind;
  name: string;
  labels: Record<string, string>;
  /** Of an image. */
  sizeBytes: number | null;
};
export type Stray = Sighting & { reason: StrayReason };

export type KnownThings = {
  serviceIds: ReadonlySet<string>;
  environmentIds: ReadonlySet<string>;
  /** Ids of deployments, since a release is called as the deployment that made it. */
  releaseIds: ReadonlySet<string>;
};

export function findStrays(seen: Sighting[], known: KnownThings): Stray[] {
  return seen.flatMap((one) => {
    const reason = strayReason(one, known);
    return reason === null ? [] : [{ ...one, reason }];
  });
}

/** Containers of a release that is known, but that nobody needs any more, are leftovers: they go by themselves. */
function strayReason({ kind, name, labels }: Sighting, known: KnownThings): StrayReason | null {
  if (kind === "network") {
    const environmentId = labels[label.environment];
    if (environmentId === undefined) return "no_environment";
    return known.environmentIds.has(environmentId) ? null : "unknown_environment";
  }
  const serviceId = labels[label.service];
  if (serviceId === undefined) return "no_service";
  if (!known.serviceIds.has(serviceId)) return "unknown_service";
  if (kind === "image") return null;
  const releaseId = labels[label.release] ?? "";
  if (!known.releaseIds.has(releaseId)) return "unknown_release";
  return name === containerName(releaseId, Number(labels[label.replica] ?? 0)) ? null : "unexpected_name";
}
