/**
 * What is kept and what goes, as one plan: the preview shows it, and a cleanup does it. What one may go back to is never
 * removed, whatever its age and however full the disk is: the live image and the last few of each service.
 */

export type CleanupPolicy = {
  /** Images that nobody needs are kept this long. */
  imageDays: number;
  /** How many of a service's images that were live are kept in any case; the live one is among them. */
  imagesPerService: number;
  /** False on a disk that is nearly full: then recent images go too, but for those above. */
  ageCounts: boolean;
  /** So much of the Engine's build cache may stay. */
  buildCacheBytes: number;
  mirrorDays: number;
};

/** `ownBytes`: held by no other image; null where that was not measured. `builtById`: the deployment that built it. */
export type ServiceImage = { reference: string; builtById: string | null; sizeBytes: number; ownBytes: number | null };

/** A deployment and the image it names. `need`: why the image may be wanted at any moment. */
export type ImageUse = {
  /** Of one that is on its way: it may have built an image that it does not name yet. */
  deploymentId: string | null;
  imageReference: string | null;
  number: number;
  need: "live" | "warm" | "unfinished" | null;
  wasLive: boolean;
  usedAt: Date;
};

export const keepReasons = ["live", "warm", "unfinished", "newest", "recent", "in_use"] as const;
export const removeReasons = ["expired", "unnamed", "superfluous", "too_much", "unused", "left_behind"] as const;
export type CleanupReason = (typeof keepReasons)[number] | (typeof removeReasons)[number];
export type CleanupVerdict = "keep" | "remove";

export type ImageVerdict = {
  image: ServiceImage;
  /** Of the newest deployment that names it. */
  number: number | null;
  verdict: CleanupVerdict;
  reason: CleanupReason;
};

const dayMs = 86_400_000;

/** What becomes of each image of one service. */
export function judgeImages(
  images: ServiceImage[],
  uses: ImageUse[],
  policy: Pick<CleanupPolicy, "imageDays" | "imagesPerService" | "ageCounts">,
  now: Date,
): ImageVerdict[] {
  const present = new Set<string | null>(images.map((image) => image.reference));
  const newestLive = uses
    .filter((use) => use.wasLive && present.has(use.imageReference))
    .sort((a, b) => b.number - a.number);
  const lastLive = new Set([...new Set(newestLive.map((use) => use.imageReference))].slice(0, policy.imagesPerService));
  const oldest = now.getTime() - policy.imageDays * dayMs;
  return images.map((image) => {
    const own = uses.filter((use) => names(use, image));
    const number = own.length > 0 ? Math.max(...own.map((use) => use.number)) : null;
    const need = own.find((use) => use.need !== null)?.need;
    if (need) return { image, number, verdict: "keep", reason: need };
    if (lastLive.has(image.reference)) return { image, number, verdict: "keep", reason: "newest" };
    if (own.length === 0) return { image, number, verdict: "remove", reason: "unnamed" };
    if (!own.some((use) => use.usedAt.getTime() > oldest))
      return { image, number, verdict: "remove", reason: "expired" };
    if (policy.ageCounts) return { image, number, verdict: "keep", reason: "recent" };
    return { image, number, verdict: "remove", reason: "superfluous" };
  });
}

function names(use: ImageUse, image: ServiceImage): boolean {
  if (use.imageReference === image.reference) return true;
  return use.need === "unfinished" && use.deploymentId !== null && use.deploymentId === image.builtById;
}

export const cleanupKinds = ["image", "build_cache", "mirror", "checkout", "logs"] as const;
export type CleanupKind = (typeof cleanupKinds)[number];

export type CleanupItem = {
  kind: CleanupKind;
  /** What it is called where it is: an image's reference, a directory's name. */
  name: string;
  /** What people know it by, where that is something else: a repository's address. */
  label: string | null;
  serviceId: string | null;
  serviceName: string | null;
  deploymentNumber: number | null;
  sizeBytes: number;
  freesBytes: number;
  verdict: CleanupVerdict;
  reason: CleanupReason;
};

export type CleanupWorld = {
  services: { id: string; name: string; images: ServiceImage[]; uses: ImageUse[] }[];
  /** Null where the Engine could not be asked. */
  buildCache: { totalBytes: number; unusedBytes: number } | null;
  mirrors: { name: string; url: string | null; sizeBytes: number; usedAt: Date; isNeeded: boolean }[];
  checkouts: { name: string; sizeBytes: number; isNeeded: boolean }[];
  /** Those past their time. */
  logs: { lines: number; sizeBytes: number };
};

/** Images in full, with what stays and why; of the rest what goes. */
export function planCleanup(world: CleanupWorld, policy: CleanupPolicy, now: Date): CleanupItem[] {
  return [
    ...world.services.flatMap((service) => imageItems(service, policy, now)),
    ...cacheItems(world, policy),
    ...mirrorItems(world, policy, now),
    ...world.checkouts.filter((one) => !one.isNeeded).map(({ name, sizeBytes }) => checkoutItem(name, sizeBytes)),
    ...logItems(world),
  ];
}

const nobodys = { label: null, serviceId: null, serviceName: null, deploymentNumber: null, verdict: "remove" } as const;

function imageItems({ id, name, images, uses }: CleanupWorld["services"][number], policy: CleanupPolicy, now: Date) {
  const oldestFirst = judgeImages(images, uses, policy, now).sort((a, b) => (a.number ?? 0) - (b.number ?? 0));
  return oldestFirst.map(
    ({ image, number, verdict, reason }): CleanupItem => ({
      kind: "image",
      name: image.reference,
      label: null,
      serviceId: id,
      serviceName: name,
      deploymentNumber: number,
      sizeBytes: image.sizeBytes,
      freesBytes: image.ownBytes ?? image.sizeBytes,
      verdict,
      reason,
    }),
  );
}

function cacheItems({ buildCache }: CleanupWorld, { buildCacheBytes }: CleanupPolicy): CleanupItem[] {
  if (!buildCache) return [];
  const { totalBytes, unusedBytes } = buildCache;
  const freesBytes = Math.min(unusedBytes, totalBytes - buildCacheBytes);
  if (freesBytes <= 0) return [];
  return [{ ...nobodys, kind: "build_cache", name: "BuildKit", sizeBytes: totalBytes, freesBytes, reason: "too_much" }];
}

function mirrorItems({ mirrors }: CleanupWorld, { mirrorDays }: CleanupPolicy, now: Date): CleanupItem[] {
  const oldest = now.getTime() - mirrorDays * dayMs;
  return mirrors
    .filter((mirror) => !mirror.isNeeded && mirror.usedAt.getTime() <= oldest)
    .map(({ name, url, sizeBytes }) => {
      return { ...nobodys, kind: "mirror", name, label: url, sizeBytes, freesBytes: sizeBytes, reason: "unused" };
    });
}

function checkoutItem(name: string, sizeBytes: number): CleanupItem {
  return { ...nobodys, kind: "checkout", name, sizeBytes, freesBytes: sizeBytes, reason: "left_behind" };
}

function logItems({ logs: { lines, sizeBytes } }: CleanupWorld): CleanupItem[] {
  if (lines === 0) return [];
  const label = `${lines} ${lines === 1 ? "line" : "lines"}`;
  return [{ ...nobodys, kind: "logs", name: "log lines", label, sizeBytes, freesBytes: sizeBytes, reason: "expired" }];
}
