/** Which images of a service are kept: what may be needed again is never removed, whatever its age. */

export type ImageUse = {
  imageReference: string;
  /** Of the deployment that used it. */
  number: number;
  /** It answers, is kept warm, or is on its way. */
  inUse: boolean;
  wasLive: boolean;
  usedAt: Date;
};

const alwaysKept = 5;
const dayMs = 86_400_000;

/** Of the images that there are, those past `retentionDays` that are neither in use nor among the last five that were live. */
export function expiredImages(present: string[], uses: ImageUse[], retentionDays: number, now: Date): string[] {
  const newestLive = uses.filter((use) => use.wasLive).sort((a, b) => b.number - a.number);
  const lastLive = new Set([...new Set(newestLive.map((use) => use.imageReference))].slice(0, alwaysKept));
  const oldest = now.getTime() - retentionDays * dayMs;
  return present.filter((reference) => {
    const own = uses.filter((use) => use.imageReference === reference);
    return !lastLive.has(reference) && !own.some((use) => use.inUse || use.usedAt.getTime() > oldest);
  });
}
