const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** "just now", "5 min ago", "3 h ago", "2 d ago", then the date. Future times read "in 5 min". Both in ms since epoch. */
export function formatRelative(at: number, now: number): string {
  const distance = Math.abs(now - at);
  if (distance < 10 * second) return "just now";
  if (distance > 30 * day) return formatDate(at);
  const text =
    distance < minute
      ? `${Math.floor(distance / second)} s`
      : distance < hour
        ? `${Math.floor(distance / minute)} min`
        : distance < day
          ? `${Math.floor(distance / hour)} h`
          : `${Math.floor(distance / day)} d`;
  return at <= now ? `${text} ago` : `in ${text}`;
}

/** "23 Nov 2026" in UTC, so that server and browser agree. */
export function formatDate(at: number): string {
  return new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" }).format(
    at,
  );
}

/** Date and time to the second in the reader's own zone, with the zone's name. */
export function formatExact(at: number): string {
  return new Intl.DateTimeFormat("en-GB", {
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    timeZoneName: "short",
  }).format(at);
}

/** A span of time for people: "< 0.1 s", "0.4 s", "12 s", "3 min 05 s", "2 h 10 min". Negative spans, from clocks that disagree, are none. */
export function formatDuration(ms: number): string {
  const span = Math.max(0, ms);
  if (span < 100) return "< 0.1 s";
  if (span < 10 * second) return `${(Math.floor(span / 100) / 10).toFixed(1)} s`;
  if (span < minute) return `${Math.floor(span / second)} s`;
  if (span < hour) return `${Math.floor(span / minute)} min ${pad(Math.floor((span % minute) / second))} s`;
  return `${Math.floor(span / hour)} h ${pad(Math.floor((span % hour) / minute))} min`;
}

/** "17:42:03.120" in the reader's zone: what stands before a log line. */
export function formatClock(at: number): string {
  const date = new Date(at);
  const clock = [date.getHours(), date.getMinutes(), date.getSeconds()].map(pad).join(":");
  return `${clock}.${String(date.getMilliseconds()).padStart(3, "0")}`;
}

function pad(value: number): string {
  return String(value).padStart(2, "0");
}
