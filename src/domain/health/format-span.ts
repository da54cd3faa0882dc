const units = [
  { name: "h", ms: 3_600_000 },
  { name: "min", ms: 60_000 },
  { name: "s", ms: 1_000 },
  { name: "ms", ms: 1 },
] as const;

/** As people write it in a form: "10 s", "1 min 30 s", "250 ms". */
export function formatSpan(ms: number): string {
  let rest = ms;
  const parts = units.flatMap(({ name, ms: size }) => {
    const amount = Math.floor(rest / size);
    rest -= amount * size;
    return amount === 0 ? [] : [`${amount} ${name}`];
  });
  return parts.join(" ") || "0 s";
}

const sizes: Record<string, number> = {
  ...{ ms: 1, s: 1_000, sec: 1_000, second: 1_000, seconds: 1_000 },
  ...{ m: 60_000, min: 60_000, minute: 60_000, minutes: 60_000 },
  ...{ h: 3_600_000, hour: 3_600_000, hours: 3_600_000 },
};

/** "10", "10 s", "1.5 min", "1 min 30 s", "500ms" -> ms; a number alone is seconds. Null where it cannot be read. */
export function parseSpan(text: string): number | null {
  const wanted = text.trim().toLowerCase();
  if (/^\d+([.,]\d+)?$/.test(wanted)) return toMs(wanted, 1_000);
  if (!/^(\d+([.,]\d+)?\s*[a-z]+\s*)+$/.test(wanted)) return null;
  let sum = 0;
  for (const [, amount = "", unit = ""] of wanted.matchAll(/(\d+(?:[.,]\d+)?)\s*([a-z]+)/g)) {
    const size = sizes[unit];
    if (size === undefined) return null;
    sum += toMs(amount, size);
  }
  return sum;
}

function toMs(amount: string, size: number): number {
  return Math.round(Number(amount.replace(",", ".")) * size);
}
