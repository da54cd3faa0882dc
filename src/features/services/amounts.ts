/** Memory and processor time as people write them. The platform counts MiB and thousandths of a core. */

const number = /^(\d+(?:[.,]\d+)?)\s*([a-z]*)$/i;

const mibPerUnit: Record<string, number> = { "": 1, m: 1, mb: 1, mib: 1, g: 1024, gb: 1024, gib: 1024 };

/** "512", "512 MiB", "1.5 GB" -> MiB; a unit of ten is taken for its neighbour of two. Null where it cannot be read. */
export function parseMemory(text: string): number | null {
  const read = readAmount(text);
  if (!read) return null;
  const factor = mibPerUnit[read.unit];
  return factor === undefined ? null : Math.round(read.value * factor);
}

/** "0.5", "2 cores", "500m" -> thousandths of a core. Null where it cannot be read. */
export function parseCpu(text: string): number | null {
  const read = readAmount(text);
  if (!read) return null;
  if (read.unit === "m") return Number.isInteger(read.value) ? read.value : null;
  return ["", "core", "cores", "cpu", "cpus"].includes(read.unit) ? Math.round(read.value * 1000) : null;
}

function readAmount(text: string): { value: number; unit: string } | null {
  const match = number.exec(text.trim());
  if (!match) return null;
  return { value: Number((match[1] ?? "").replace(",", ".")), unit: (match[2] ?? "").toLowerCase() };
}

export function formatMemory(mib: number): string {
  const gib = mib / 1024;
  return mib >= 1024 && Number.isInteger(gib * 4) ? `${gib} GiB` : `${mib} MiB`;
}

export function formatCpu(millis: number): string {
  return millis === 1000 ? "1 core" : `${millis / 1000} cores`;
}

const secondsPerUnit: Record<string, number> = { "": 1, s: 1, sec: 1, m: 60, min: 60, h: 3600 };

/** "300", "300 s", "5 min", "1 h" -> seconds. Null where it cannot be read. */
export function parseSeconds(text: string): number | null {
  const read = readAmount(text);
  const factor = read && secondsPerUnit[read.unit];
  return read && factor ? Math.round(read.value * factor) : null;
}

/** In the largest unit that it is a whole number of. */
export function formatSeconds(seconds: number): string {
  if (seconds > 0 && seconds % 3600 === 0) return `${seconds / 3600} h`;
  return seconds > 0 && seconds % 60 === 0 ? `${seconds / 60} min` : `${seconds} s`;
}

const byteUnits = ["B", "KiB", "MiB", "GiB", "TiB"] as const;

/** Three digits at most: "51.2 MiB", "700 MiB". */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < byteUnits.length - 1) {
    value /= 1024;
    unit++;
  }
  const shown = unit === 0 || value >= 100 ? Math.round(value) : Math.round(value * 10) / 10;
  return `${shown} ${byteUnits[unit]}`;
}
