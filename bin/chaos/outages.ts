/** Which failed requests a blow accounts for, and which nothing does. Moments are those of performance.now(). */

/** One request to a service that nobody changes; `failure`: why it failed, null where it did not. */
export type Asked = { host: string; failure: string | null; startedAt: number; endedAt: number };

export type Outage = {
  what: string;
  startedAt: number;
  /** When what was taken away answered again. */
  endedAt: number;
  /** Set where a process was killed that others replace: its connections were closed by then. Only they may have failed. */
  deadAt: number | null;
};

/** What becomes of a connection whose other end dies; a refused one has no other end. */
const isReset = (failure: string) => /ECONNRESET|EPIPE/.test(failure);

const overlaps = (request: Asked, from: number, to: number) => request.startedAt <= to && request.endedAt >= from;

function isExcused(request: Asked, { startedAt, endedAt, deadAt }: Outage): boolean {
  if (request.failure === null) return false;
  if (deadAt === null) return overlaps(request, startedAt, endedAt);
  return overlaps(request, startedAt, deadAt) && isReset(request.failure);
}

/** The failed requests, by whether one of the outages accounts for them. */
export function excuse(asked: Asked[], outages: Outage[]): { excused: Asked[]; others: Asked[] } {
  const { excused = [], others = [] } = Object.groupBy(
    asked.filter(({ failure }) => failure !== null),
    (request) => (outages.some((outage) => isExcused(request, outage)) ? "excused" : "others"),
  );
  return { excused, others };
}

/** What was counted around one outage, for people. */
export function describeOutage(asked: Asked[], outage: Outage): string {
  const { what, startedAt, endedAt, deadAt } = outage;
  const around = asked.filter((request) => overlaps(request, startedAt, endedAt));
  const { excused, others } = excuse(around, [outage]);
  const seconds = `${((endedAt - startedAt) / 1_000).toFixed(1)} s`;
  if (deadAt === null)
    return `${what}: ${excused.length} requests failed in the ${seconds} until applications answered`;
  const refused = others.filter(({ failure }) => failure?.includes("ECONNREFUSED")).length;
  return [
    `${what}: of ${around.length} requests in the ${seconds} until applications answered,`,
    `${excused.length} were in the killed process's hands and got a reset${byKind(excused)},`,
    `${refused} were refused, ${others.length - refused} failed otherwise; none was repeated`,
  ].join(" ");
}

function byKind(failed: Asked[]): string {
  if (failed.length === 0) return "";
  const kinds = Object.groupBy(failed, ({ failure }) => failure?.split(":")[0] ?? "");
  return ` (${Object.entries(kinds)
    .map(([kind, of]) => `${of?.length} x ${kind}`)
    .join(", ")})`;
}
