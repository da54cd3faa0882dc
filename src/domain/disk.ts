/** How full a disk may become: at the first mark the platform cleans, at the second it builds no more. */

/** As `df` counts: what is reserved for the system is neither free nor part of the whole. */
export type DiskSpace = { totalBytes: number; freeBytes: number };

/** So full, or so little left. */
export type DiskMark = { usedPercent: number } | { freeBytes: number };
export type DiskMarks = { clean: DiskMark; refuse: DiskMark };

export const diskLevels = ["ok", "clean", "refuse"] as const;
export type DiskLevel = (typeof diskLevels)[number];

const gib = 2 ** 30;

/** "85%": so much used; "10GB": so much free. Null where it is neither. */
export function parseMark(text: string): DiskMark | null {
  const match = /^(\d{1,6}(?:\.\d{1,3})?)\s*(%|gb)$/i.exec(text.trim());
  if (!match) return null;
  const amount = Number(match[1]);
  if (match[2] !== "%") return { freeBytes: amount * gib };
  return amount > 0 && amount <= 100 ? { usedPercent: amount } : null;
}

export function formatMark(mark: DiskMark): string {
  return "usedPercent" in mark ? `${mark.usedPercent}%` : `${mark.freeBytes / gib}GB`;
}

export function usedPercent({ totalBytes, freeBytes }: DiskSpace): number {
  return totalBytes === 0 ? 0 : ((totalBytes - freeBytes) / totalBytes) * 100;
}

export function diskLevel(space: DiskSpace, marks: DiskMarks): DiskLevel {
  if (isReached(marks.refuse, space)) return "refuse";
  return isReached(marks.clean, space) ? "clean" : "ok";
}

function isReached(mark: DiskMark, space: DiskSpace): boolean {
  if (space.totalBytes === 0) return false;
  return "usedPercent" in mark ? usedPercent(space) >= mark.usedPercent : space.freeBytes <= mark.freeBytes;
}

export function worstLevel(levels: readonly DiskLevel[]): DiskLevel {
  return diskLevels[Math.max(0, ...levels.map((level) => diskLevels.indexOf(level)))] ?? "ok";
}
