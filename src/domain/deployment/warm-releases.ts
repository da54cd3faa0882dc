/** A replaced release whose containers still run. */
export type WarmRelease = { releaseId: string; retiredAt: Date; warmUntil: Date; drained: boolean };

/**
 * Which replaced releases go on running: the newest ones, as many as are kept, while their window is open. `nextAt`: when
 * that changes by itself. One that still answers requests under way is not stopped, whatever its window.
 */
export function sortWarmReleases(
  releases: WarmRelease[],
  limits: { warmReleases: number },
  now: Date,
): { cold: WarmRelease[]; nextAt: Date | null } {
  const newestFirst = [...releases].sort((a, b) => b.retiredAt.getTime() - a.retiredAt.getTime());
  const kept = newestFirst.filter((one, place) => place < limits.warmReleases && one.warmUntil > now);
  const cold = newestFirst.filter((one) => one.drained && !kept.includes(one));
  const [nextAt = null] = kept.map((one) => one.warmUntil).sort((a, b) => a.getTime() - b.getTime());
  return { cold, nextAt };
}
